//! Configuration, host and service together: what every command works at.

use std::fs::File;
use std::path::PathBuf;
use std::rc::Rc;

use sidelight::halo::Halo;
use sidelight::halo::auth::CLIENT_SECRET;
use sidelight::halo::connection::{HaloConnection, HaloSignIn};
use sidelight::http::{Patience, Product};
use sidelight::hudu::Hudu;
use sidelight::hudu::connection::HuduConnection;
use sidelight::platform::Host;
use sidelight::service::Service;
use sidelight::settings::{self, Settings};
use sidelight::sync::sides::Sides;
use sidelight::tools::{Bench, Reach};
use sidelight::vault::{HUDU_KEY, Vault};

use crate::args::Args;
use crate::config::{self, Config, ConfigError, Environment};
use crate::failure::Failure;
use crate::host::{self, Folder, NoBrowser, SqliteStore};
use crate::interrupt::Interrupt;
use crate::out::Out;

/// What is said where another process writes.
const WAITING: &str = "Another sidelight is writing with this data. Waiting for it to end.";
/// Where a product is that is not set up and not asked.
const NOWHERE: &str = "https://not-set-up.invalid";
/// How often is looked whether it has ended, in milliseconds.
const TURN_MS: i64 = 200;

/// What every command works at.
pub struct Desk {
    /// What the file and the environment say.
    pub config: Config,
    /// Network, clock, store and chance of this process.
    pub host: Host,
    /// The core.
    pub service: Service,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    folder: Folder,
}

impl Desk {
    /// Reads the configuration and opens the data.
    pub async fn open(args: &Args, environment: Environment<'_>) -> Result<Self, Failure> {
        let config = Config::read(args.config.as_deref(), environment)?;
        let folder = match &args.state_dir {
            Some(named) => named.clone(),
            None => config::data_folder(environment)?,
        };
        let folder = Folder::open(folder)?;
        let host = host::host(SqliteStore::open(&folder, config.pair().name())?)?;
        // The core reads settings and secrets from its tables; these two are in memory only.
        let mut settings = config.settings.clone();
        if config.lacks(Product::Halo).is_some() {
            settings.connections.halo = None;
        }
        if config.lacks(Product::Hudu).is_some() {
            settings.connections.hudu = None;
        }
        settings::save(&host, &settings).await?;
        let vault = Vault::new(host.clone());
        for (name, secret) in [(CLIENT_SECRET, &config.halo_secret), (HUDU_KEY, &config.hudu_key)] {
            if let Some(secret) = secret {
                vault.put(name, secret.reveal()).await?;
            }
        }
        let service = Service::new(host.clone(), Rc::new(NoBrowser));
        Ok(Self { config, host, service, interrupt: Interrupt::listen(), folder })
    }

    /// Both clients; fails with what is missing in the configuration.
    pub async fn sides(&self) -> Result<Sides, Failure> {
        self.config.complete()?;
        Ok(self.service.sides().await?)
    }

    /// Both clients for long work: they wait for their allowance however long that takes.
    pub async fn patient(&self) -> Result<Sides, Failure> {
        let sides = self.sides().await?;
        let (halo, hudu) =
            (sides.halo.with_patience(Patience::UNLIMITED), sides.hudu.with_patience(Patience::UNLIMITED));
        Ok(Sides { halo, hudu, ..sides })
    }

    /// A file of this name beside the data.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.file(name)
    }

    /// What tools work at, for as long as it takes.
    pub async fn bench(&self, reach: Reach) -> Result<Bench, Failure> {
        Ok(Bench::new(self.patient().await?, reach))
    }

    /// What tools of one product work at, for as long as it takes. The other one need not be set up: they do not ask it.
    pub async fn bench_of(&self, product: Product) -> Result<Bench, Failure> {
        if let Some(lacking) = self.config.lacks(product) {
            return Err(ConfigError::Incomplete(lacking).into());
        }
        if self.config.complete().is_ok() {
            return self.bench(Reach::default()).await;
        }
        let Settings { connections, rates, sync, .. } = self.config.settings.clone();
        let (host, vault) = (self.host.clone(), Rc::new(Vault::new(self.host.clone())));
        let nowhere = || HaloConnection {
            origin: NOWHERE.to_owned(),
            auth_server: None,
            tenant: None,
            client_id: String::new(),
            sign_in: HaloSignIn::ClientSecret,
        };
        let halo = connections.halo.unwrap_or_else(nowhere);
        let hudu = connections.hudu.unwrap_or_else(|| HuduConnection { origin: NOWHERE.to_owned() });
        let key = self.config.hudu_key.as_ref().map(|key| key.reveal().to_owned()).unwrap_or_default();
        let sides = Sides {
            halo: Halo::new(host.clone(), halo, vault, rates.halo, Patience::UNLIMITED),
            hudu: Hudu::new(host.clone(), hudu, key, rates.hudu, Patience::UNLIMITED),
            settings: sync,
            host,
        };
        Ok(Bench::new(sides, Reach::default()))
    }

    /// The turn to write: one process at a time goes on with runs, so that a run which another process
    /// is busy with is never taken for one that was left open. It lasts until the file is dropped.
    pub fn turn(&self, out: &Out) -> Result<File, Failure> {
        Ok(self.folder.turn(|| out.note(WAITING))?)
    }

    /// The same, while other work of this process goes on.
    pub async fn turn_soon(&self, out: &Out) -> Result<File, Failure> {
        let mut waits = false;
        loop {
            let (file, mine) = self.folder.try_turn()?;
            if mine {
                return Ok(file);
            }
            if !std::mem::replace(&mut waits, true) {
                out.note(WAITING);
            }
            self.host.clock.sleep(TURN_MS).await;
        }
    }
}
