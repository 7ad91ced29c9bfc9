//! The token endpoint, and the codes that lead to it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::auth::{CLIENT_ID, CLIENT_SECRET, Code, Grant, NATIVE_CLIENT_ID, TENANT, api_agent, sign_in};
use super::query::Query;
use super::reply::Reply;
use super::scopes;
use super::state::{Caller, State};
use super::switches::RefreshTokens;

/// Codes are good for five minutes.
const CODE_MS: i64 = 5 * 60 * 1000;

/// `POST /auth/token`: the tenant may be in the query or in the form.
pub(crate) fn answer(state: &mut State, query: &Query, form: &Query) -> Reply {
    token_or_refusal(state, query, form).unwrap_or_else(|refusal| refusal)
}

fn token_or_refusal(state: &mut State, query: &Query, form: &Query) -> Result<Reply, Reply> {
    let queried = query.get("tenant").filter(|_| !state.switches.tenant_in_form);
    check_tenant(state, queried.or_else(|| form.get("tenant")))?;
    let client_id = form.get("client_id").unwrap_or_default().to_ascii_lowercase();
    let native = client_id == NATIVE_CLIENT_ID;
    let service = client_id == CLIENT_ID && form.get("client_secret") == Some(CLIENT_SECRET);
    if !(native || service) {
        let status = state.switches.bad_client_status;
        return Err(error(status, "invalid_client", "Invalid client credentials"));
    }
    match form.get("grant_type").unwrap_or_default() {
        "client_credentials" if native => Err(error(400, "unauthorized_client", "The application signs agents in")),
        "client_credentials" => {
            let caller = Caller { agent_id: api_agent(state), scopes: scopes_of(form)?, application: true };
            Ok(give(state, Grant { caller, client_id }, None))
        }
        "password" => {
            let agent_id = sign_in(state, form).ok_or_else(|| error(400, "invalid_grant", "Wrong name or password"))?;
            let caller = Caller { agent_id, scopes: scopes_of(form)?, application: false };
            Ok(give(state, Grant { caller, client_id }, None))
        }
        "authorization_code" if native => redeem(state, form),
        "authorization_code" => Err(error(400, "unauthorized_client", "The application signs itself in")),
        "refresh_token" => refresh(state, form, &client_id),
        _ => Err(error(400, "unsupported_grant_type", "The grant type is not supported")),
    }
}

/// A hosted instance knows its tenant; an unknown one is a 500, as on live servers.
fn check_tenant(state: &State, tenant: Option<&str>) -> Result<(), Reply> {
    match tenant {
        Some(tenant) if tenant.eq_ignore_ascii_case(TENANT) => Ok(()),
        None if !state.switches.tenant_required => Ok(()),
        _ => Err(Reply::empty(500)),
    }
}

fn error(status: u16, code: &str, description: &str) -> Reply {
    Reply::json(status, &json!({ "error": code, "error_description": description }))
}

fn scopes_of(form: &Query) -> Result<Vec<String>, Reply> {
    let scopes: Vec<String> = form.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    match scopes.iter().all(|scope| scopes::known(scope)) {
        true => Ok(scopes),
        false => Err(Reply::json(400, &json!({ "error": "invalid_scope" }))),
    }
}

/// Gives an access token, and a refresh token where `offline_access` was asked for.
fn give(state: &mut State, grant: Grant, kept: Option<String>) -> Reply {
    let access = state.auth.draw();
    let expires = state.clock.now() + state.switches.token_seconds * 1000;
    let scope = grant.caller.scopes.join(" ");
    let lasting = !grant.caller.application && scope.split(' ').any(|one| one == "offline_access");
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": state.switches.token_seconds,
        "scope": scope,
    });
    match (state.switches.refresh_tokens, kept) {
        (RefreshTokens::Absent, _) | (RefreshTokens::Kept, Some(_)) => (),
        _ if !lasting => (),
        (_, spent) => {
            if let Some(spent) = spent {
                state.auth.refresh.remove(&spent);
            }
            let refresh = state.auth.draw();
            answer["refresh_token"] = refresh.clone().into();
            state.auth.refresh.insert(refresh, grant.clone());
        }
    }
    if state.switches.id_token {
        answer["id_token"] = state.auth.draw().into();
    }
    state.auth.access.insert(access, (grant, expires));
    Reply::json(200, &answer)
}

fn redeem(state: &mut State, form: &Query) -> Result<Reply, Reply> {
    let now = state.clock.now();
    let code = form.get("code").and_then(|code| state.auth.codes.remove(code));
    let verifier = form.get("code_verifier").unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    match code {
        Some(code)
            if code.expires > now
                && code.challenge == challenge
                && form.get("redirect_uri") == Some(&code.redirect_uri) =>
        {
            Ok(give(state, code.grant, None))
        }
        _ => Err(error(400, "invalid_grant", "The code is not valid")),
    }
}

fn refresh(state: &mut State, form: &Query, client_id: &str) -> Result<Reply, Reply> {
    let token = form.get("refresh_token").unwrap_or_default().to_owned();
    match state.auth.refresh.get(&token).cloned() {
        Some(grant) if grant.client_id == client_id => Ok(give(state, grant, Some(token))),
        _ => Err(error(400, "invalid_grant", "The refresh token is not valid")),
    }
}

/// Grants a code to an agent; the caller has checked the redirect address.
pub(crate) fn grant_code(state: &mut State, agent_id: i64, request: &Query) -> Result<String, Reply> {
    let caller = Caller { agent_id, scopes: scopes_of(request)?, application: false };
    let code = state.auth.draw();
    let granted = Code {
        grant: Grant { caller, client_id: NATIVE_CLIENT_ID.to_owned() },
        redirect_uri: request.get("redirect_uri").unwrap_or_default().to_owned(),
        challenge: request.get("code_challenge").unwrap_or_default().to_owned(),
        expires: state.clock.now() + CODE_MS,
    };
    state.auth.codes.insert(code.clone(), granted);
    Ok(code)
}
