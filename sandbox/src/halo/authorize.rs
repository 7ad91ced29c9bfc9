//! `/auth/authorize`: the page on which an agent signs in for an application.

use http::Method;
use http::header::HeaderName;

use super::auth::{self, NATIVE_CLIENT_ID, TENANT};
use super::html::escaped;
use super::query::Query;
use super::reply::Reply;
use super::state::State;
use super::token;

/// Members of the request that the form carries along.
const CARRIED: &[&str] = &[
    "tenant",
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

const CSP: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/// GET shows the page (or approves at once), POST takes name and password.
pub(crate) fn answer(state: &mut State, method: &Method, query: &Query, form: &Query) -> Reply {
    let posted = method == Method::POST;
    let request = if posted { form } else { query };
    let redirect_uri = request.get("redirect_uri").unwrap_or_default().to_owned();
    if request.get("tenant").is_some_and(|tenant| !tenant.eq_ignore_ascii_case(TENANT)) {
        return Reply::empty(500);
    }
    let known = request.get("client_id").is_some_and(|id| id.eq_ignore_ascii_case(NATIVE_CLIENT_ID));
    if !known || !registered(state, &redirect_uri) {
        return page(400, "<p>The application or its redirect address is not registered.</p>");
    }
    if let Some(error) = refusal(request) {
        return back(&redirect_uri, request, &[("error", error.0), ("error_description", error.1)]);
    }
    if form.get("cancel").is_some() {
        let members = [("error", "access_denied"), ("error_description", "The agent said no")];
        return back(&redirect_uri, request, &members);
    }
    let agent = match posted {
        true => auth::sign_in(state, form),
        false if state.switches.approve_at_once => Some(auth::first_person(state)),
        false => return page(200, &sign_in_form(request, "")),
    };
    let Some(agent) = agent else {
        return page(200, &sign_in_form(request, "<p role=\"alert\">Wrong name or password.</p>"));
    };
    match token::grant_code(state, agent, request) {
        Ok(code) => back(&redirect_uri, request, &[("code", &code)]),
        Err(_) => {
            let members = [("error", "invalid_scope"), ("error_description", "A scope is not known")];
            back(&redirect_uri, request, &members)
        }
    }
}

/// A registered login redirect URL, exactly; besides those of browsers' own sign-in and of localhost.
fn registered(state: &State, uri: &str) -> bool {
    if state.switches.redirect_uris.iter().any(|one| one == uri) {
        return true;
    }
    let Ok(url) = url::Url::parse(uri) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    match url.scheme() {
        "https" => host.ends_with(".chromiumapp.org") || host.ends_with(".extensions.allizom.org"),
        "http" => host == "localhost" || host == "127.0.0.1",
        _ => false,
    }
}

fn refusal(request: &Query) -> Option<(&'static str, &'static str)> {
    if request.get("response_type") != Some("code") {
        return Some(("unsupported_response_type", "Only the code flow is offered"));
    }
    let challenged = request.get("code_challenge").is_some() && request.get("code_challenge_method") == Some("S256");
    (!challenged).then_some(("invalid_request", "A code challenge with S256 is needed"))
}

fn back(redirect_uri: &str, request: &Query, members: &[(&str, &str)]) -> Reply {
    let Ok(mut url) = url::Url::parse(redirect_uri) else {
        return Reply::empty(400);
    };
    for (name, value) in members {
        url.query_pairs_mut().append_pair(name, value);
    }
    if let Some(state) = request.get("state") {
        url.query_pairs_mut().append_pair("state", state);
    }
    Reply::redirect(url.as_str())
}

fn sign_in_form(request: &Query, message: &str) -> String {
    let hidden: String = CARRIED
        .iter()
        .filter_map(|name| request.get(name).map(|value| (name, value)))
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)))
        .collect();
    format!(
        "{message}<form method=\"post\" action=\"/auth/authorize\">{hidden}\
         <label>Agent name <input name=\"username\" autocomplete=\"username\" required autofocus></label>\
         <label>Password <input name=\"password\" type=\"password\" autocomplete=\"current-password\" required></label>\
         <button type=\"submit\">Sign in</button>\
         <button type=\"submit\" name=\"cancel\" value=\"1\" formnovalidate>Cancel</button></form>"
    )
}

fn page(status: u16, inside: &str) -> Reply {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign in to Halo</title>\
         <style>body{{font:15px system-ui;max-width:20rem;margin:15vh auto}}label{{display:block;margin:.8rem 0}}\
         input{{display:block;width:100%}}</style><h1>Halo</h1>{inside}</html>"
    );
    Reply::bytes(status, "text/html; charset=utf-8", page.into_bytes())
        .with(HeaderName::from_static("content-security-policy"), CSP)
}
