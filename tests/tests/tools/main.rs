//! Every tool against the sandbox: its name, its marks, its result against its schema, its refusals.

#![allow(clippy::unwrap_used)]

mod directory;
mod each;
mod everything;
mod limits;
mod sync;
#[path = "../shared/tool.rs"]
mod tool;

use sidelight::tools::all;
use tool::{bench, call};

/// The operations that an integration platform is known to offer for HaloITSM, by name.
const OPERATIONS: &str = include_str!("operations.txt");

#[test]
fn the_84_operations_have_exactly_their_names() {
    let wanted: Vec<&str> = OPERATIONS.lines().collect();
    let mut all: Vec<&str> = all().iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(wanted.len(), 84);
    assert_eq!(all[..84], wanted);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), self::all().len(), "a name stands twice");
}

#[test]
fn every_tool_explains_itself_and_its_schemas_are_schemas() {
    for tool in all() {
        assert!(tool.about.len() > 15 && tool.about.ends_with('.'), "{}: {}", tool.name, tool.about);
        assert!(
            jsonschema::meta::is_valid(&tool.arguments) && jsonschema::meta::is_valid(&tool.result),
            "{}",
            tool.name
        );
        assert!(
            tool.name.len() <= 64 && tool.name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "{}",
            tool.name
        );
        let reads = ["list_", "get_", "search_", "plan_", "reveal_"].iter().any(|verb| tool.name.starts_with(verb));
        assert_eq!(tool.marks.read_only, reads, "{}", tool.name);
        assert!(!(tool.marks.read_only && tool.marks.destructive), "{}", tool.name);
    }
}
