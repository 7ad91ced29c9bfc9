//! Requests to Hudu.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::Value;
use url::Url;

use crate::http::{ApiError, Client, Patience, Product, Rate, Record, Repeat, answer};
use crate::hudu::clean::Clean;
use crate::hudu::connection::HuduConnection;
use crate::hudu::endpoint::{COMPANIES, Endpoint, PASSWORDS};
use crate::hudu::envelope::{self, unwrap};
use crate::hudu::model::ApiInfo;
use crate::hudu::pages::Pages;
use crate::hudu::write::Forms;
use crate::json::object;
use crate::platform::{Host, Method, Request, Response};

/// Query parameters.
pub type Params<'a> = &'a [(&'a str, &'a str)];

/// A key that was accepted so long ago is still good when one area refuses it.
const TRUSTED_MS: i64 = 60_000;

/// One Hudu instance. Clones share the count of requests: make one and clone it.
#[derive(Clone)]
pub struct Hudu {
    http: Client,
    inner: Rc<Inner>,
}

struct Inner {
    connection: HuduConnection,
    key: String,
    /// Milliseconds since 1970 of the last accepted call.
    accepted: Cell<Option<i64>>,
    /// What was learnt of how this version takes custom fields.
    forms: Forms,
}

impl Hudu {
    /// For a connection. Nothing is sent before the first call.
    pub fn new(host: Host, connection: HuduConnection, api_key: String, rate: Rate, patience: Patience) -> Self {
        let http = Client::new(host, Product::Hudu, &connection.origin, rate, patience);
        let inner = Inner { connection, key: api_key, accepted: Cell::new(None), forms: Forms::default() };
        Self { http, inner: Rc::new(inner) }
    }

    /// The same instance for a caller with another patience.
    pub fn with_patience(&self, patience: Patience) -> Self {
        Self { http: self.http.with_patience(patience), inner: self.inner.clone() }
    }

    /// Origin of the instance, without a slash at the end.
    pub fn origin(&self) -> &str {
        self.inner.connection.origin.trim_end_matches('/')
    }

    /// Requests sent so far, repeats included.
    pub fn requests(&self) -> u64 {
        self.http.requests()
    }

    /// The allowance that it keeps to.
    pub fn rate(&self) -> Rate {
        self.http.rate()
    }

    /// Until when it takes no requests, in milliseconds since 1970, where it said so.
    pub fn closed_until(&self) -> Option<i64> {
        self.http.closed_until()
    }

    /// Until when no further request of a sync is sent to it, in milliseconds since 1970.
    pub fn shut_until(&self, under_way: usize) -> Option<i64> {
        self.http.shut_until(under_way)
    }

    /// Version of the instance: the natural test of a connection, though it says nothing of rights.
    pub async fn api_info(&self) -> Result<ApiInfo, ApiError> {
        let value = self.read("api_info", &[], "version", &COMPANIES).await?;
        let address =
            || ApiError::NotAnApi { product: Product::Hudu, address: format!("{}/api/v1/api_info", self.origin()) };
        ApiInfo::from_value(value).filter(|info| info.version.is_some()).ok_or_else(address)
    }

    pub(crate) fn forms(&self) -> &Forms {
        &self.inner.forms
    }

    /// One record; what does not exist is an error, also where the server answers 200 `null`.
    pub(crate) async fn one<T: Record>(&self, endpoint: &Endpoint, path: &str, id: i64) -> Result<T, ApiError> {
        let what = format!("{} {id}", endpoint.noun);
        let body = self.read(path, &[], &what, endpoint).await?;
        T::from_value(unwrap(body, endpoint)).ok_or(ApiError::NotFound { product: Product::Hudu, what })
    }

    /// All rows of a list, each once, page by page.
    pub(crate) async fn all<T: Record>(&self, endpoint: &Endpoint, params: Params<'_>) -> Result<Vec<T>, ApiError> {
        self.all_at(endpoint, endpoint.many, params).await
    }

    /// [`Hudu::all`] at another path.
    pub(crate) async fn all_at<T: Record>(
        &self,
        endpoint: &Endpoint,
        path: &str,
        params: Params<'_>,
    ) -> Result<Vec<T>, ApiError> {
        self.pages(endpoint, path, params).rest().await
    }

    /// The rows of a list, page by page; see [`Pages`].
    pub(crate) fn pages<T: Record>(&self, endpoint: &Endpoint, path: &str, params: Params<'_>) -> Pages<T> {
        Pages::new(self.clone(), endpoint, path, params)
    }

    /// The rows of one page. Anything but a list is an error, so that it is never taken for "none".
    pub(crate) async fn rows(
        &self,
        endpoint: &Endpoint,
        path: &str,
        query: Params<'_>,
    ) -> Result<Vec<Value>, ApiError> {
        let body = self.read(path, query, endpoint.area, endpoint).await?;
        let why = format!("no list of {}", endpoint.area);
        envelope::rows(body, endpoint.many).ok_or(ApiError::Unreadable { product: Product::Hudu, why })
    }

    /// How many rows a list answers to this question, asked once: a server fault is an answer too.
    pub(crate) async fn ask_once(&self, endpoint: &Endpoint, path: &str, query: Params<'_>) -> Result<usize, ApiError> {
        let url = self.url(path, query)?;
        let response = self.send(Method::GET, url.clone(), None, Repeat::Never).await?;
        if response.status != 200 {
            return Err(answer::refusal(Product::Hudu, &url, &response, endpoint.area, endpoint.area));
        }
        let Clean(body) = self.clean(&url, &response)?;
        let why = || answer::not_an_api(Product::Hudu, &url);
        envelope::rows(body, endpoint.many).map(|rows| rows.len()).ok_or_else(why)
    }

    /// Reads JSON without its secrets. A body that ends too early is asked for once more.
    pub(crate) async fn read(
        &self,
        path: &str,
        params: Params<'_>,
        what: &str,
        endpoint: &Endpoint,
    ) -> Result<Value, ApiError> {
        let mut again = true;
        loop {
            let (url, response) = self.get(path, params, what, endpoint).await?;
            match self.clean(&url, &response) {
                Ok(Clean(body)) => return Ok(body),
                Err(ApiError::Unreadable { .. }) if again => again = false,
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads one path; answers the response where it is a success.
    pub(crate) async fn get(
        &self,
        path: &str,
        params: Params<'_>,
        what: &str,
        endpoint: &Endpoint,
    ) -> Result<(Url, Response), ApiError> {
        self.call(Method::GET, path, params, None, what, endpoint).await
    }

    /// Sends a write and reads the stored record; `None` where the server answers an empty body.
    pub(crate) async fn write<T: Record>(
        &self,
        method: Method,
        endpoint: &Endpoint,
        path: &str,
        record: Option<Value>,
    ) -> Result<Option<T>, ApiError> {
        self.write_with(method, endpoint, path, &[], record).await
    }

    /// [`Hudu::write`] with parameters in the address.
    pub(crate) async fn write_with<T: Record>(
        &self,
        method: Method,
        endpoint: &Endpoint,
        path: &str,
        params: Params<'_>,
        record: Option<Value>,
    ) -> Result<Option<T>, ApiError> {
        let body = self.written(method, endpoint, path, params, record).await?;
        if body.is_null() {
            return Ok(None);
        }
        let why =
            || ApiError::Unreadable { product: Product::Hudu, why: format!("no {} in the answer", endpoint.noun) };
        T::from_value(unwrap(body, endpoint)).map(Some).ok_or_else(why)
    }

    async fn written(
        &self,
        method: Method,
        endpoint: &Endpoint,
        path: &str,
        params: Params<'_>,
        record: Option<Value>,
    ) -> Result<Value, ApiError> {
        let body = record.map(|record| Value::Object(object([(endpoint.one.to_owned(), record)])));
        let (url, response) = self.call(method, path, params, body, endpoint.noun, endpoint).await?;
        let Clean(body) = self.clean(&url, &response)?;
        Ok(body)
    }

    /// The JSON of an answer without its secrets.
    fn clean(&self, url: &Url, response: &Response) -> Result<Clean, ApiError> {
        if answer::is_page(response) {
            return Err(answer::not_an_api(Product::Hudu, url));
        }
        if response.body.trim_ascii().is_empty() {
            return Ok(Clean(Value::Null));
        }
        serde_json::from_slice(&response.body).map_err(|error| answer::unreadable(Product::Hudu, url, &error))
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        params: Params<'_>,
        body: Option<Value>,
        what: &str,
        endpoint: &Endpoint,
    ) -> Result<(Url, Response), ApiError> {
        let url = self.url(path, params)?;
        let repeat = if method == Method::GET { Repeat::Safe } else { Repeat::Never };
        let response = self.send(method, url.clone(), body, repeat).await?;
        match response.status {
            200..300 => {
                if !answer::is_page(&response) {
                    self.inner.accepted.set(Some(self.http.host().clock.now()));
                }
                Ok((url, response))
            }
            401 | 403 => Err(self.denied(endpoint).await),
            _ => Err(answer::refusal(Product::Hudu, &url, &response, what, endpoint.area)),
        }
    }

    /// The key is refused: here only, or everywhere?
    async fn denied(&self, endpoint: &Endpoint) -> ApiError {
        let now = self.http.host().clock.now();
        let trusted = self.inner.accepted.get().is_some_and(|at| now - at < TRUSTED_MS);
        if !trusted {
            let probe = match self.url(COMPANIES.many, &[("page", "1"), ("page_size", "1")]) {
                Ok(url) => self.send(Method::GET, url, None, Repeat::Safe).await,
                Err(error) => return error,
            };
            match probe {
                Ok(answer) if matches!(answer.status, 401 | 403) => return ApiError::BadKey,
                Ok(_) => {}
                Err(error) => return error,
            }
        }
        if *endpoint == PASSWORDS {
            return ApiError::NoPasswordAccess;
        }
        ApiError::Forbidden { product: Product::Hudu, area: endpoint.area.to_owned() }
    }

    fn url(&self, path: &str, params: Params<'_>) -> Result<Url, ApiError> {
        let text = format!("{}/api/v1/{path}", self.origin());
        let mut url = Url::parse(&text).map_err(|_| ApiError::NotAnApi { product: Product::Hudu, address: text })?;
        if !params.is_empty() {
            url.query_pairs_mut().extend_pairs(params);
        }
        Ok(url)
    }

    async fn send(&self, method: Method, url: Url, body: Option<Value>, repeat: Repeat) -> Result<Response, ApiError> {
        let mut headers = vec![("accept", "application/json".to_owned()), ("x-api-key", self.inner.key.clone())];
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        let body = body.map(|body| body.to_string().into_bytes());
        self.http.send(Request { method, url, headers, body }, repeat).await
    }
}
