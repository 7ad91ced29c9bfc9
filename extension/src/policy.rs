//! What the organisation sets by a policy of the browser: `storage.managed`.

use serde_json::json;
use sidelight::service::Service;

use crate::webext;

/// Member of the policy that holds the settings file; `extension/static/policy.json` describes it.
const SETTINGS: &str = "settings";

/// Reads the policy and hands it to the core.
pub async fn read(service: &Service) {
    // Firefox refuses to read what is not there.
    let told = webext::call("storage.managed", "get", json!([SETTINGS])).await.unwrap_or_default();
    if let Err(error) = service.policy_read(told[SETTINGS].as_str()).await {
        webext::warn("The policy cannot be kept", &webext::Refused(error.to_string()));
    }
}
