//! What the mapping pages ask for, and the settings as a file.

use crate::halo::record::RecordKind;
use crate::mapping::{review, rules, sample};
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::settings::file::File;
use crate::settings::{self, Settings, SyncSettings, file};

/// Name of the file with the settings.
const FILE: &str = "sidelight.toml";

impl Service {
    /// Layouts, fields, what goes where, and what does not fit, with the settings as they are edited.
    pub(super) async fn mapping(&self, settings: &SyncSettings) -> Result<Reply, ServiceError> {
        let (layouts, sources) = self.examples().await?;
        Ok(Reply::Mapping { mapping: Box::new(review::review(settings, &layouts, &sources)) })
    }

    /// What the sort rules do.
    pub(super) async fn sorting(&self, kind: RecordKind, settings: &SyncSettings) -> Result<Reply, ServiceError> {
        let (layouts, sources) = self.many(kind).await?;
        Ok(Reply::Sorting { sorting: Box::new(rules::sorting(kind, &sources, settings, &layouts)) })
    }

    /// A record as it would be in Hudu.
    pub(super) async fn sample(
        &self,
        kind: RecordKind,
        id: Option<i64>,
        next: bool,
        settings: &SyncSettings,
    ) -> Result<Reply, ServiceError> {
        let (layouts, _) = self.examples().await?;
        let source = self.one(kind, id, next).await?;
        let sample = source.map(|source| Box::new(sample::sample(&source, settings, &layouts)));
        Ok(Reply::Sample { sample })
    }

    /// All settings as one file without secrets.
    pub(super) async fn export_settings(&self) -> Result<Reply, ServiceError> {
        let text = file::write(&settings::load(self.host()).await?);
        Ok(Reply::File { name: FILE.to_owned(), media: "application/toml".to_owned(), text })
    }

    /// The settings as they would be with such a file on top. Nothing is saved, and the connections stay
    /// as they are: what the browser may speak to is asked for where they are typed.
    pub(super) async fn read_settings(&self, text: &str) -> Result<Reply, ServiceError> {
        let kept = settings::load(self.host()).await?;
        let read = File::parse(text)?.settings(&kept)?;
        Ok(Reply::Settings { settings: Box::new(Settings { connections: kept.connections, ..read }) })
    }
}
