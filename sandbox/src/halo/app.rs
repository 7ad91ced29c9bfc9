//! The agent app: one page for every path that is not API, under a strict content security policy.

use http::header::HeaderName;

use super::reply::Reply;

const CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                   frame-src 'none'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
                   require-trusted-types-for 'script'";

/// A script of the app: its path and its text.
macro_rules! script {
    ($path:literal) => {
        (concat!("/", $path), "text/javascript; charset=utf-8", include_str!(concat!("../../halo_app/", $path)))
    };
}

/// Files of the app by their path.
const FILES: &[(&str, &str, &str)] = &[
    script!("app.js"),
    script!("app/api.js"),
    script!("app/elements.js"),
    script!("app/foreign.js"),
    script!("app/parts.js"),
    script!("app/records.js"),
    script!("app/screens.js"),
    script!("app/values.js"),
    ("/app.css", "text/css; charset=utf-8", include_str!("../../halo_app/app.css")),
];

const INDEX: &str = include_str!("../../halo_app/index.html");

/// A file of the app, or its page: routes such as `/tickets` are the app's own.
pub(crate) fn answer(path: &str) -> Reply {
    let file = FILES.iter().find(|(name, _, _)| *name == path);
    let (kind, text) = file.map_or(("text/html; charset=utf-8", INDEX), |(_, kind, text)| (*kind, *text));
    Reply::bytes(200, kind, text.as_bytes().to_vec()).with(HeaderName::from_static("content-security-policy"), CSP)
}
