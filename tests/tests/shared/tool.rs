//! Tools on the sandbox, called as an agent calls them. Included by the tests that call any.

use serde_json::Value;
use sidelight::tools::{Bench, Reach, Tool};
use sidelight::trouble::Explain;
use sidelight_sandbox::Sandbox;
use sidelight_tests::clients::sides;

/// Tools on this pair, as far as this reaches.
pub async fn bench(sandbox: &Sandbox, reach: Reach) -> Bench {
    Bench::new(sides(sandbox).await.unwrap(), reach)
}

/// Calls a tool; its result has to fit its schema.
pub async fn call(bench: &Bench, name: &str, arguments: Value) -> Result<Value, String> {
    let tool = Tool::named(name).unwrap_or_else(|| panic!("no tool {name}"));
    let result = tool.call(bench, arguments).await.map_err(|error| error.sentence())?;
    let schema = jsonschema::validator_for(&tool.result).unwrap();
    if let Err(error) = schema.validate(&result) {
        panic!("{name}: {error} at {}", error.instance_path());
    }
    Ok(result)
}
