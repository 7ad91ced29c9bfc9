//! The authorisation server: where it is, and what it answers.

use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::halo::auth::Pkce;
use crate::halo::connection::HaloConnection;
use crate::http::address::origin as origin_of;
use crate::http::raw::read;
use crate::http::words::words;
use crate::http::{ApiError, Client, Product, Repeat, answer};
use crate::json;
use crate::platform::{Method, Request, Response};
use crate::t;

/// Every permission that the application and its agent have. Without a scope Halo gives a token that
/// every call refuses.
pub(crate) const SCOPE: &str = "all";
/// The same, with a refresh token for a person.
pub(crate) const PERSON_SCOPE: &str = "all offline_access";
/// Every client takes tokens to live this long where the server does not say.
const LIFE_SECONDS: i64 = 3600;

/// What an instance tells of its authorisation server without a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthInfo {
    /// Address of the authorisation server.
    pub auth_server: Option<String>,
    /// Tenant of a hosted instance.
    pub tenant: Option<String>,
}

/// Asks an instance for its authorisation server (`/api/authinfo`).
pub async fn discover(http: &Client, origin: &str) -> Result<AuthInfo, ApiError> {
    let url = address(&format!("{}/api/authinfo", origin.trim_end_matches('/')))?;
    let headers = vec![("accept", "application/json".to_owned())];
    let request = Request { method: Method::GET, url: url.clone(), headers, body: None };
    let response = http.send(request, Repeat::Safe).await?;
    if response.status != 200 {
        return Err(answer::refusal(Product::Halo, &url, &response, "sign-in information", "sign-in information"));
    }
    match answer::json(Product::Halo, &url, &response)? {
        Value::Object(map) => {
            let found = read::text(&map, "auth_url").and_then(|text| url.join(&text).ok());
            // Secrets go there: like a typed address, it may be in clear on this computer only.
            let auth_server = found.filter(|u| origin_of(Product::Halo, u.as_str()).is_ok());
            let auth_server = auth_server.map(|u| trimmed(u.as_str()));
            Ok(AuthInfo { auth_server, tenant: read::text(&map, "tenant_id") })
        }
        _ => Err(answer::not_an_api(Product::Halo, &url)),
    }
}

/// Where the person signs in (authorisation code with PKCE).
pub fn authorize_url(
    connection: &HaloConnection,
    info: &AuthInfo,
    redirect: &Url,
    pkce: &Pkce,
) -> Result<Url, ApiError> {
    let mut places = places(connection, info, "authorize")?;
    let mut url = places.swap_remove(0);
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &connection.client_id)
        .append_pair("redirect_uri", redirect.as_str())
        .append_pair("scope", PERSON_SCOPE)
        .append_pair("state", &pkce.state)
        .append_pair("code_challenge", &pkce.challenge())
        .append_pair("code_challenge_method", "S256");
    Ok(url)
}

/// Addresses at which the authorisation server may have that endpoint, likeliest first. What was
/// typed may be the server, its `/auth` or the very endpoint.
pub(crate) fn places(connection: &HaloConnection, info: &AuthInfo, endpoint: &str) -> Result<Vec<Url>, ApiError> {
    let default = format!("{}/auth", connection.origin.trim_end_matches('/'));
    let typed = connection.auth_server.as_ref().or(info.auth_server.as_ref()).unwrap_or(&default);
    let base = trimmed(typed);
    let base = base.strip_suffix("/token").or_else(|| base.strip_suffix("/authorize")).map_or(base.as_str(), |b| b);
    let host_is_auth = address(base)?.host_str().is_some_and(|host| host.starts_with("auth."));
    let (below, beside) = (format!("{base}/auth/{endpoint}"), format!("{base}/{endpoint}"));
    let texts = if base.ends_with("/auth") || base.len() < trimmed(typed).len() {
        vec![beside]
    } else if host_is_auth {
        vec![beside, below]
    } else {
        vec![below, beside]
    };
    let tenant = connection.tenant.as_ref().or(info.tenant.as_ref()).filter(|t| !t.trim().is_empty());
    let mut places = Vec::new();
    for text in texts {
        let mut url = address(&text)?;
        if let Some(tenant) = tenant {
            url.query_pairs_mut().append_pair("tenant", tenant.trim());
        }
        places.push(url);
    }
    Ok(places)
}

fn trimmed(text: &str) -> String {
    text.trim().trim_end_matches('/').to_owned()
}

fn address(text: &str) -> Result<Url, ApiError> {
    let why = || ApiError::NotAnApi { product: Product::Halo, address: text.to_owned() };
    Url::parse(text).map_err(|_| why())
}

/// What the token endpoint granted.
pub(crate) struct Grant {
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) seconds: i64,
}

/// Asks for a token, at the first place that is a token endpoint. Asking twice does no harm.
pub(crate) async fn grant(http: &Client, places: &[Url], form: &[(&str, &str)]) -> Result<Grant, ApiError> {
    let mut last = ApiError::NotConnected(Product::Halo);
    for url in places {
        // Instances look for the tenant in the address or in the form.
        let body = Serializer::new(String::new()).extend_pairs(form).extend_pairs(url.query_pairs()).finish();
        let request = Request {
            method: Method::POST,
            url: url.clone(),
            headers: vec![
                ("accept", "application/json".to_owned()),
                ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ],
            body: Some(body.into_bytes()),
        };
        let response = http.send(request, Repeat::Safe).await?;
        match granted(url, &response) {
            Err(error @ (ApiError::NotAnApi { .. } | ApiError::NotFound { .. })) => {
                last = answer::not_an_api(Product::Halo, url);
                drop(error);
            }
            other => return other,
        }
    }
    Err(last)
}

fn granted(url: &Url, response: &Response) -> Result<Grant, ApiError> {
    match response.status {
        200..300 => {}
        // Seen on live servers for a tenant that does not exist.
        500 => return Err(ApiError::WrongTenant),
        400 | 401 if !answer::is_page(response) => return Err(refused(response)),
        _ => return Err(answer::refusal(Product::Halo, url, response, "token endpoint", "sign-in")),
    }
    let unreadable = || ApiError::Unreadable { product: Product::Halo, why: t!("no access_token") };
    match answer::json(Product::Halo, url, response)? {
        Value::Object(map) => Ok(Grant {
            access_token: read::text(&map, "access_token").ok_or_else(unreadable)?,
            refresh_token: read::text(&map, "refresh_token"),
            seconds: read::integer(&map, "expires_in").filter(|s| *s > 0).unwrap_or(LIFE_SECONDS),
        }),
        _ => Err(unreadable()),
    }
}

fn refused(response: &Response) -> ApiError {
    let value = json::parse(&response.body).unwrap_or_default();
    let code = value.get("error").and_then(Value::as_str).unwrap_or_default();
    match (code, response.status) {
        ("invalid_client" | "unauthorized_client", _) => ApiError::WrongSecret,
        ("invalid_scope", _) => ApiError::UnknownScope,
        ("invalid_grant", _) => ApiError::SignInNeeded,
        ("", 401) => ApiError::WrongSecret,
        (_, status) => {
            let said = words(&response.body);
            let message = if said.is_empty() { t!("sign-in refused with status {status}", status) } else { said };
            ApiError::Rejected { product: Product::Halo, status, message }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::halo::connection::HaloSignIn;

    fn at(typed: Option<&str>, tenant: Option<&str>) -> Vec<String> {
        let connection = HaloConnection {
            origin: "https://acme.haloitsm.com".to_owned(),
            auth_server: typed.map(str::to_owned),
            tenant: tenant.map(str::to_owned),
            client_id: "id".to_owned(),
            sign_in: HaloSignIn::ClientSecret,
        };
        places(&connection, &AuthInfo::default(), "token").unwrap().into_iter().map(String::from).collect()
    }

    #[test]
    fn the_token_endpoint_is_found_from_whatever_was_typed() {
        let usual = ["https://acme.haloitsm.com/auth/token"];
        assert_eq!(at(None, None), usual);
        for typed in [
            "https://acme.haloitsm.com/auth",
            "https://acme.haloitsm.com/auth/",
            "https://acme.haloitsm.com/auth/token",
        ] {
            assert_eq!(at(Some(typed), None), usual, "{typed}");
        }
        assert_eq!(at(Some("https://acme.haloitsm.com"), None)[0], usual[0]);
        assert_eq!(
            at(Some("https://auth.haloservicedesk.com"), Some("acme"))[0],
            "https://auth.haloservicedesk.com/token?tenant=acme"
        );
        assert_eq!(
            at(Some("https://auth.haloservicedesk.com/token"), Some("acme")),
            ["https://auth.haloservicedesk.com/token?tenant=acme"]
        );
    }

    #[test]
    fn refusals_have_their_meaning() {
        let url = Url::parse("https://acme.haloitsm.com/auth/token").unwrap();
        let answer = |status, body: &str| {
            let response = Response { status, headers: vec![], body: body.as_bytes().to_vec() };
            granted(&url, &response).err().unwrap()
        };
        assert_eq!(answer(401, r#"{"error":"invalid_client"}"#), ApiError::WrongSecret);
        assert_eq!(answer(400, r#"{"error":"invalid_client"}"#), ApiError::WrongSecret);
        assert_eq!(answer(401, ""), ApiError::WrongSecret);
        assert_eq!(answer(400, r#"{"error":"invalid_scope"}"#), ApiError::UnknownScope);
        assert_eq!(answer(400, r#"{"error":"invalid_grant"}"#), ApiError::SignInNeeded);
        assert_eq!(answer(500, "<html>"), ApiError::WrongTenant);
        assert!(matches!(answer(200, "<html>"), ApiError::NotAnApi { .. }));
        assert!(matches!(answer(200, "{}"), ApiError::Unreadable { .. }));
        assert!(matches!(answer(400, r#"{"error":"unsupported_grant_type"}"#), ApiError::Rejected { .. }));
    }
}
