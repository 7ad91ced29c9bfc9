//! The token that all requests share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::lock::Mutex;
use url::Url;

use crate::halo::auth::server::{self, Grant, SCOPE};
use crate::halo::auth::{AuthInfo, CLIENT_SECRET, Pkce, REFRESH_TOKEN, Secrets, authorize_url, discover};
use crate::halo::connection::{HaloConnection, HaloSignIn};
use crate::http::{ApiError, Client, Patience, Product};
use crate::t;

/// A token is renewed this long before it ends.
const EARLY_MS: i64 = 60_000;
/// A refusal is believed this long, so that requests waiting together do not each ask again.
const REFUSED_MS: i64 = 2_000;

/// Signs in and keeps the token.
pub struct Auth {
    http: Client,
    connection: HaloConnection,
    secrets: Rc<dyn Secrets>,
    token: RefCell<Option<Token>>,
    /// Whether any call was accepted since the sign-in.
    proven: Cell<bool>,
    info: RefCell<Option<AuthInfo>>,
    refused: RefCell<Option<(i64, ApiError)>>,
    renewing: Mutex<()>,
}

struct Token {
    value: Rc<str>,
    /// Milliseconds since 1970 from which it is renewed.
    until: i64,
}

impl Auth {
    /// Not signed in yet.
    pub fn new(http: Client, connection: HaloConnection, secrets: Rc<dyn Secrets>) -> Self {
        Self {
            http,
            connection,
            secrets,
            token: RefCell::new(None),
            proven: Cell::new(false),
            info: RefCell::new(None),
            refused: RefCell::new(None),
            renewing: Mutex::new(()),
        }
    }

    /// The connection.
    pub fn connection(&self) -> &HaloConnection {
        &self.connection
    }

    /// A token that is good for a while, asked for only where there is none.
    pub async fn token(&self, patience: Patience) -> Result<Rc<str>, ApiError> {
        match self.current() {
            Some(token) => Ok(token),
            None => self.renew(None, patience).await,
        }
    }

    /// A token other than the refused one. Requests that were refused together renew it once.
    pub async fn renew(&self, refused: Option<&str>, patience: Patience) -> Result<Rc<str>, ApiError> {
        let _turn = self.renewing.lock().await;
        if let Some(token) = self.current().filter(|token| refused != Some(&**token)) {
            return Ok(token);
        }
        let now = self.http.host().clock.now();
        if let Some((at, error)) = &*self.refused.borrow()
            && (*at..*at + REFUSED_MS).contains(&now)
        {
            return Err(error.clone());
        }
        let grant = self.ask(&self.http.with_patience(patience)).await;
        if let Err(error) = &grant {
            *self.refused.borrow_mut() = Some((self.http.host().clock.now(), error.clone()));
        }
        self.keep(grant?).await
    }

    /// A call was accepted: the token has permissions, whatever a part of the API refuses.
    pub fn accepted(&self) {
        self.proven.set(true);
    }

    /// Whether a call was accepted since the sign-in.
    pub fn is_proven(&self) -> bool {
        self.proven.get()
    }

    /// Lets a person sign in in the host's window and keeps the refresh token.
    pub async fn sign_in(&self) -> Result<(), ApiError> {
        let host = self.http.host().clone();
        let redirect = host.sign_in.redirect_url().ok_or(ApiError::NoWindow)?;
        let info = self.info(&self.http).await?;
        let pkce = Pkce::new(&*host.random);
        let url = authorize_url(&self.connection, &info, &redirect, &pkce)?;
        let landed = host.sign_in.run(url).await.ok_or(ApiError::SignInNeeded)?;
        let code = code(&landed, &pkce)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.connection.client_id),
            ("redirect_uri", redirect.as_str()),
            ("code", &code),
            ("code_verifier", &pkce.verifier),
            ("scope", server::PERSON_SCOPE),
        ];
        let grant = self.grant(&self.http, &form).await?;
        self.proven.set(false);
        self.keep(grant).await.map(|_| ())
    }

    /// Forgets the token in memory.
    pub fn forget(&self) {
        self.token.replace(None);
        self.refused.replace(None);
    }

    fn current(&self) -> Option<Rc<str>> {
        let now = self.http.host().clock.now();
        self.token.borrow().as_ref().filter(|token| now < token.until).map(|token| token.value.clone())
    }

    async fn ask(&self, http: &Client) -> Result<Grant, ApiError> {
        let id = self.connection.client_id.as_str();
        match self.connection.sign_in {
            HaloSignIn::ClientSecret => {
                let secret = self.secrets.get(CLIENT_SECRET).await?;
                let secret = secret.ok_or(ApiError::NotConnected(Product::Halo))?;
                let form = [
                    ("grant_type", "client_credentials"),
                    ("client_id", id),
                    ("client_secret", &secret),
                    ("scope", SCOPE),
                ];
                self.grant(http, &form).await
            }
            HaloSignIn::Person => {
                let refresh = self.secrets.get(REFRESH_TOKEN).await?.ok_or(ApiError::SignInNeeded)?;
                let form = [("grant_type", "refresh_token"), ("client_id", id), ("refresh_token", &refresh)];
                let grant = self.grant(http, &form).await;
                // Another client of this instance may have renewed it in the meantime: that one stays.
                let same = self.secrets.get(REFRESH_TOKEN).await?.as_deref() == Some(&*refresh);
                if same && matches!(grant, Err(ApiError::SignInNeeded)) {
                    self.secrets.set(REFRESH_TOKEN, None).await?;
                }
                grant
            }
        }
    }

    async fn grant(&self, http: &Client, form: &[(&str, &str)]) -> Result<Grant, ApiError> {
        let info = self.info(http).await?;
        let places = server::places(&self.connection, &info, "token")?;
        server::grant(http, &places, form).await
    }

    /// What the instance says of its authorisation server, where the user typed none. An instance
    /// that says nothing has it at `/auth`.
    async fn info(&self, http: &Client) -> Result<AuthInfo, ApiError> {
        if self.connection.auth_server.is_some() {
            return Ok(AuthInfo::default());
        }
        let known = self.info.borrow().clone();
        if let Some(info) = known {
            return Ok(info);
        }
        let info = match discover(http, &self.connection.origin).await {
            Ok(info) => info,
            Err(
                error @ (ApiError::NotPermitted { .. } | ApiError::Unreachable { .. } | ApiError::RateLimited { .. }),
            ) => {
                return Err(error);
            }
            Err(_) => AuthInfo::default(),
        };
        *self.info.borrow_mut() = Some(info.clone());
        Ok(info)
    }

    async fn keep(&self, grant: Grant) -> Result<Rc<str>, ApiError> {
        let life = grant.seconds.saturating_mul(1000);
        let until = self.http.host().clock.now() + life - EARLY_MS.min(life / 2);
        let value: Rc<str> = grant.access_token.into();
        *self.token.borrow_mut() = Some(Token { value: value.clone(), until });
        self.refused.replace(None);
        // Some versions give a new refresh token each time, some keep the first.
        if self.connection.sign_in == HaloSignIn::Person
            && let Some(refresh) = grant.refresh_token
        {
            self.secrets.set(REFRESH_TOKEN, Some(&refresh)).await?;
        }
        Ok(value)
    }
}

fn code(landed: &Url, pkce: &Pkce) -> Result<String, ApiError> {
    let query = |name: &str| landed.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let rejected = |message: String| ApiError::Rejected { product: Product::Halo, status: 400, message };
    if let Some(error) = query("error") {
        let more = query("error_description").map(|text| format!(": {text}")).unwrap_or_default();
        return Err(rejected(format!("{error}{more}")));
    }
    if query("state").as_deref() != Some(&pkce.state) {
        return Err(rejected(t!("the sign-in window came back with the answer to another sign-in")));
    }
    query("code").ok_or_else(|| rejected(t!("the sign-in window came back without a code")))
}
