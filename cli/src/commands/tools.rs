//! `sidelight tools`: what `call` and agents can use.

use serde_json::{Value, json};
use sidelight::tools::{Tool, all};

use crate::args::ToolsOrder;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, Style};

/// The tool of this name.
pub fn named(name: &str) -> Result<&'static Tool, Failure> {
    let near = || {
        let near: Vec<&str> =
            all().iter().map(|t| t.name.as_str()).filter(|known| known.contains(name)).take(5).collect();
        if near.is_empty() { String::new() } else { format!(" Is one of these meant: {}?", near.join(", ")) }
    };
    Tool::named(name)
        .ok_or_else(|| Failure::File(format!("No tool is called {name}.{} `sidelight tools` lists them.", near())))
}

/// Lists them.
pub fn tools(out: &Out, order: &ToolsOrder) -> Result<Exit, Failure> {
    let wanted = |tool: &&Tool| order.name.as_ref().is_none_or(|name| tool.name.contains(name.as_str()));
    let mut found: Vec<&Tool> = all().iter().filter(wanted).collect();
    if let Some(exact) = found.iter().find(|tool| Some(&tool.name) == order.name.as_ref()) {
        found = vec![exact];
    }
    if order.json {
        out.json(&found.iter().map(|tool| described(tool)).collect::<Vec<Value>>());
        return Ok(Exit::Done);
    }
    for tool in &found {
        let mark = match tool.marks {
            marks if marks.secret => "  secret",
            marks if marks.destructive => "  changes or deletes",
            marks if !marks.read_only => "  writes",
            _ => "",
        };
        out.line(&[(Style::Strong, &tool.name), (Style::Warn, mark)]);
        out.line(&[(Style::Plain, "    "), (Style::Plain, &tool.about)]);
    }
    if let [tool] = found.as_slice() {
        let needed = tool.arguments["required"].as_array().cloned().unwrap_or_default();
        for (name, schema) in tool.arguments["properties"].as_object().into_iter().flatten() {
            let need = if needed.iter().any(|n| n == name) { ", needed" } else { "" };
            let kind = match &schema["type"] {
                Value::Null => schema["enum"].to_string(),
                Value::String(one) => one.clone(),
                several => several.to_string(),
            };
            let meaning = schema["description"].as_str().unwrap_or_default();
            out.line(&[
                (Style::Strong, &format!("  {name}")),
                (Style::Dim, &format!("  {kind}{need}  ")),
                (Style::Plain, meaning),
            ]);
        }
    }
    if found.is_empty() {
        out.failure("No tool has that in its name. `sidelight tools` lists all.");
        return Ok(Exit::Act);
    }
    Ok(Exit::Done)
}

/// A tool with its schemas and marks, in the words of the Model Context Protocol.
pub fn described(tool: &Tool) -> Value {
    json!({
        "name": tool.name,
        "description": tool.about,
        "inputSchema": tool.arguments,
        "outputSchema": tool.result,
        "annotations": {
            "readOnlyHint": tool.marks.read_only,
            "idempotentHint": tool.marks.idempotent,
            "destructiveHint": tool.marks.destructive,
            "openWorldHint": false,
        },
    })
}
