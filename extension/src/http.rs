//! The network by `fetch`: no cookies, no referrer, no cache, and only where the user allowed it.

use futures::FutureExt;
use js_sys::{Array, Uint8Array, try_iter};
use sidelight::platform::{Cut, Http, Later, Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, ResponseType,
};

use crate::{browser, global, webext};

/// Milliseconds after which a request counts as cut.
const PATIENCE: u32 = 60_000;

/// The worker's network.
pub struct Fetch;

impl Http for Fetch {
    fn send(&self, request: Request) -> Later<'_, Result<Response, Cut>> {
        async move {
            let origin = request.url.origin().ascii_serialization();
            // Asked each time: the permission can go at any moment, and without it the browser's own
            // error says no more than "failed". The call also keeps the worker awake.
            if !browser::may_reach(&origin).await {
                return Err(Cut::NotPermitted(origin));
            }
            exchange(request).await.map_err(|error| Cut::Broken(reason(&error)))
        }
        .boxed_local()
    }
}

async fn exchange(request: Request) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.append(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    // A redirect would carry the key or the secret along, wherever it leads.
    init.set_redirect(RequestRedirect::Manual);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    if let Some(body) = &request.body {
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    let request = web_sys::Request::new_with_str_and_init(request.url.as_str(), &init)?;
    let response: web_sys::Response = JsFuture::from(global::fetch(&request)).await?.unchecked_into();
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok(Response {
        // A redirect that is not followed has no status of its own.
        status: if response.type_() == ResponseType::Opaqueredirect { 302 } else { response.status() },
        headers: pairs(&response.headers())?,
        body: Uint8Array::new(&body).to_vec(),
    })
}

/// Names come in lower case from the browser.
fn pairs(headers: &Headers) -> Result<Vec<(String, String)>, JsValue> {
    let mut found = Vec::new();
    for pair in try_iter(headers)?.into_iter().flatten() {
        let pair: Array = pair?.unchecked_into();
        found.extend(pair.get(0).as_string().zip(pair.get(1).as_string()));
    }
    Ok(found)
}

fn reason(error: &JsValue) -> String {
    match webext::name(error).as_str() {
        "TimeoutError" => format!("no answer within {} s", PATIENCE / 1000),
        _ => webext::words(error),
    }
}
