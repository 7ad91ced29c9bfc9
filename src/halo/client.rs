//! Requests to HaloITSM's resources.

use std::borrow::Borrow;
use std::cell::Cell;
use std::rc::Rc;

use serde_json::Value;
use url::Url;

use crate::halo::auth::{Auth, Secrets};
use crate::halo::connection::HaloConnection;
use crate::halo::model::{Agent, InstanceInfo};
use crate::halo::pages::Pages;
use crate::halo::resource::{self, Resource};
use crate::http::{ApiError, Client, Patience, Product, Rate, Record, Repeat, answer};
use crate::platform::{Host, Method, Request, Response};

/// Query parameters.
pub type Params<'a> = &'a [(&'a str, &'a str)];

/// One HaloITSM instance. Clones share token and count of requests: make one and clone it.
#[derive(Clone)]
pub struct Halo {
    http: Client,
    auth: Rc<Auth>,
    /// The instance announced more rows than it sent on a page: its count is that of the whole list.
    counts: Rc<Cell<bool>>,
}

impl Halo {
    /// For a connection. Nothing is sent before the first call.
    pub fn new(
        host: Host,
        connection: HaloConnection,
        secrets: Rc<dyn Secrets>,
        rate: Rate,
        patience: Patience,
    ) -> Self {
        let http = Client::new(host, Product::Halo, &connection.origin, rate, patience);
        let auth = Auth::new(http.clone(), connection, secrets);
        Self { http, auth: Rc::new(auth), counts: Rc::default() }
    }

    /// The same instance for a caller with another patience.
    pub fn with_patience(&self, patience: Patience) -> Self {
        Self { http: self.http.with_patience(patience), ..self.clone() }
    }

    pub(crate) fn counts(&self) -> &Cell<bool> {
        &self.counts
    }

    /// The connection.
    pub fn connection(&self) -> &HaloConnection {
        self.auth.connection()
    }

    /// Origin of the instance, without a slash at the end.
    pub fn origin(&self) -> &str {
        self.connection().origin.trim_end_matches('/')
    }

    /// Requests sent so far, repeats and sign-ins included.
    pub fn requests(&self) -> u64 {
        self.http.requests()
    }

    /// The allowance that it keeps to now; the server may have announced a smaller one.
    pub fn rate(&self) -> Rate {
        self.http.rate()
    }

    /// Until when it takes no requests, in milliseconds since 1970, where it said so.
    pub fn closed_until(&self) -> Option<i64> {
        self.http.closed_until()
    }

    /// Lets a person sign in in the host's window (authorisation code with PKCE).
    pub async fn sign_in(&self) -> Result<(), ApiError> {
        self.auth.sign_in().await
    }

    /// Signs in again on the next call, for a check of the connection.
    pub fn forget_token(&self) {
        self.auth.forget();
    }

    /// The acting agent: the natural test of a connection.
    pub async fn me(&self) -> Result<Agent, ApiError> {
        let value = self.read("Agent/me", &[], "agent", resource::AGENT.many).await?;
        Agent::from_value(value).ok_or_else(|| unreadable("the acting agent has no id"))
    }

    /// What the instance tells of itself.
    pub async fn instance(&self) -> Result<InstanceInfo, ApiError> {
        let value = self.read("InstanceInfo", &[], "instance information", "instance information").await?;
        InstanceInfo::from_value(value).ok_or_else(|| unreadable("no instance information"))
    }

    /// All rows of a list, page by page; see [`Pages`].
    pub fn pages<T: Record>(&self, resource: impl Borrow<Resource>, params: Params<'_>) -> Pages<T> {
        Pages::new(self.clone(), resource.borrow(), params)
    }

    /// All rows of a list, each once.
    pub async fn list<T: Record>(
        &self,
        resource: impl Borrow<Resource>,
        params: Params<'_>,
    ) -> Result<Vec<T>, ApiError> {
        let mut pages = self.pages(resource, params);
        let mut rows = Vec::new();
        while let Some(page) = pages.next().await? {
            rows.extend(page);
        }
        Ok(rows)
    }

    /// The first page of a list, in the server's own order: for searches and for "is there any".
    pub async fn list_first<T: Record>(
        &self,
        resource: impl Borrow<Resource>,
        params: Params<'_>,
    ) -> Result<Vec<T>, ApiError> {
        let mut pages = self.pages(resource, params).unordered();
        Ok(pages.next().await?.unwrap_or_default())
    }

    /// How many rows a list has, where the server counts them.
    pub async fn count(&self, resource: impl Borrow<Resource>, params: Params<'_>) -> Result<Option<i64>, ApiError> {
        let mut pages = self.pages::<Row>(resource, params).of_size(1);
        pages.next().await?;
        Ok(pages.announced())
    }

    /// One record with its details.
    pub async fn get<T: Record>(
        &self,
        resource: impl Borrow<Resource>,
        id: i64,
        params: Params<'_>,
    ) -> Result<T, ApiError> {
        let resource = resource.borrow();
        let value = self.get_value(resource, id, params).await?;
        let missing = || ApiError::NotFound { product: Product::Halo, what: format!("{} {id}", resource.one) };
        T::from_value(value).ok_or_else(missing)
    }

    async fn get_value(&self, resource: &Resource, id: i64, params: Params<'_>) -> Result<Value, ApiError> {
        let what = format!("{} {id}", resource.one);
        let mut query = params.to_vec();
        if !params.iter().any(|(name, _)| *name == "includedetails") {
            query.push(("includedetails", "true"));
        }
        let value = self.read(&format!("{}/{id}", resource.path), &query, &what, resource.many).await?;
        Ok(match value {
            Value::Array(rows) => rows.into_iter().next().unwrap_or_default(),
            other => other,
        })
    }

    /// Creates (without `id`) or changes (with `id`) a record: only the members sent are changed.
    /// Answers the stored record. An array changes several at once and answers an array.
    pub async fn upsert(&self, resource: impl Borrow<Resource>, record: Value) -> Result<Value, ApiError> {
        let resource = resource.borrow();
        let single = !record.is_array();
        let what = match record.get("id").and_then(Value::as_i64) {
            Some(id) => format!("{} {id}", resource.one),
            None => resource.one.to_owned(),
        };
        // The body is always an array.
        let body = if single { Value::Array(vec![record]) } else { record };
        let url = self.url(resource.path, &[])?;
        let response = self.call(Method::POST, url.clone(), Some(&body), resource.many).await?;
        if !(200..300).contains(&response.status) {
            return Err(answer::refusal(Product::Halo, &url, &response, &what, resource.many));
        }
        match answer::json(Product::Halo, &url, &response)? {
            Value::Array(mut rows) if single && rows.len() == 1 => Ok(rows.swap_remove(0)),
            other => Ok(other),
        }
    }

    /// Reads JSON from a path below `/api/`. A body that ends too early is asked for once more.
    pub(crate) async fn read(&self, path: &str, params: Params<'_>, what: &str, area: &str) -> Result<Value, ApiError> {
        let url = self.url(path, params)?;
        let mut again = true;
        loop {
            let response = self.call(Method::GET, url.clone(), None, area).await?;
            if response.status != 200 {
                return Err(self.refusal(&url, &response, what, area));
            }
            match answer::json(Product::Halo, &url, &response) {
                Err(ApiError::Unreadable { .. }) if again => again = false,
                other => return other,
            }
        }
    }

    /// Why the answer is none. A web page for a record that is asked for by its id is a missing record, once the API
    /// has answered.
    pub(crate) fn refusal(&self, url: &Url, response: &Response, what: &str, area: &str) -> ApiError {
        let of_record = || url.path().rsplit('/').next().is_some_and(|last| last.parse::<i64>().is_ok());
        if response.status == 404 && self.auth.is_proven() && of_record() {
            return ApiError::NotFound { product: Product::Halo, what: what.to_owned() };
        }
        answer::refusal(Product::Halo, url, response, what, area)
    }

    pub(crate) fn url(&self, path: &str, params: Params<'_>) -> Result<Url, ApiError> {
        let text = format!("{}/api/{path}", self.origin());
        let mut url = Url::parse(&text).map_err(|_| ApiError::NotAnApi { product: Product::Halo, address: text })?;
        if !params.is_empty() {
            url.query_pairs_mut().extend_pairs(params);
        }
        Ok(url)
    }

    /// Sends with the shared token, and once more with a new one where the first is refused. A 401
    /// means that nothing was done, so that is safe for writes too.
    pub(crate) async fn call(
        &self,
        method: Method,
        url: Url,
        body: Option<&Value>,
        area: &str,
    ) -> Result<Response, ApiError> {
        let token = self.auth.token(self.http.patience()).await?;
        let response = self.send(&method, &url, body, &token).await?;
        if response.status != 401 {
            return Ok(self.accepted(response));
        }
        let token = self.auth.renew(Some(&token), self.http.patience()).await?;
        let response = self.send(&method, &url, body, &token).await?;
        if response.status != 401 {
            return Ok(self.accepted(response));
        }
        // A fresh token is refused: here only, or everywhere?
        if !self.auth.is_proven() {
            let probe = self.send(&Method::GET, &self.url("Agent/me", &[])?, None, &token).await?;
            if probe.status == 401 {
                return Err(ApiError::NoScope);
            }
            self.auth.accepted();
        }
        Err(ApiError::Forbidden { product: Product::Halo, area: area.to_owned() })
    }

    fn accepted(&self, response: Response) -> Response {
        if (200..300).contains(&response.status) && !answer::is_page(&response) {
            self.auth.accepted();
        }
        response
    }

    async fn send(&self, method: &Method, url: &Url, body: Option<&Value>, token: &str) -> Result<Response, ApiError> {
        let mut headers = vec![("accept", "application/json".to_owned()), ("authorization", format!("Bearer {token}"))];
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        let repeat = if *method == Method::GET { Repeat::Safe } else { Repeat::Never };
        let body = body.map(|body| body.to_string().into_bytes());
        self.http.send(Request { method: method.clone(), url: url.clone(), headers, body }, repeat).await
    }
}

pub(crate) fn unreadable(why: &str) -> ApiError {
    ApiError::Unreadable { product: Product::Halo, why: why.to_owned() }
}

crate::http::raw::record! {
    /// A row of which only the id matters.
    struct Row {}
}
