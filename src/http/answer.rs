//! Reading answers that may be something else than the API's.

use serde_json::Value;
use url::Url;

use crate::http::words::words;
use crate::http::{ApiError, Product};
use crate::json;
use crate::platform::Response;
use crate::t;

/// Whether a web page came instead of the API's answer.
pub(crate) fn is_page(response: &Response) -> bool {
    let kind = response.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let body = response.body.trim_ascii_start();
    kind.contains("text/html") || body.starts_with(b"<")
}

/// A web page stands where the API should be.
pub(crate) fn not_an_api(product: Product, url: &Url) -> ApiError {
    let mut address = url.clone();
    address.set_query(None);
    address.set_fragment(None);
    ApiError::NotAnApi { product, address: address.into() }
}

/// The JSON of a successful answer; an empty body is `null`.
pub(crate) fn json(product: Product, url: &Url, response: &Response) -> Result<Value, ApiError> {
    if is_page(response) {
        return Err(not_an_api(product, url));
    }
    if response.body.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    json::parse(&response.body).map_err(|error| unreadable(product, url, &error))
}

/// The body is not the JSON that it should be.
pub(crate) fn unreadable(product: Product, url: &Url, error: &serde_json::Error) -> ApiError {
    let why = if error.is_eof() { t!("it ends too early") } else { error.to_string() };
    ApiError::Unreadable { product, why: format!("{}: {why}", url.path()) }
}

/// The error for a status that neither product gives a meaning of its own.
pub(crate) fn refusal(product: Product, url: &Url, response: &Response, what: &str, area: &str) -> ApiError {
    let status = response.status;
    match status {
        403 => ApiError::Forbidden { product, area: area.to_owned() },
        404 | 405 | 410 if is_page(response) => not_an_api(product, url),
        404 | 410 => ApiError::NotFound { product, what: what.to_owned() },
        500.. => ApiError::ServerFault { product, status, message: words(&response.body) },
        300..400 => not_an_api(product, url),
        _ => {
            let said = words(&response.body);
            let message = if said.is_empty() { t!("status {status}, no reason given", status) } else { said };
            ApiError::Rejected { product, status, message }
        }
    }
}
