//! What each command is used for, as lines that can be typed.

/// A line, and what it does.
type Example = (&'static str, &'static str);

/// Lines for each command.
pub const EXAMPLES: &[(&str, &[Example])] = &[
    ("check", &[("sidelight check", "what works, what is missing and what to do about it")]),
    (
        "plan",
        &[
            ("sidelight plan --only clients,assets --details", "old and new values of clients and assets"),
            ("sidelight plan --client 12 --out plan.json --check", "keep the plan; exit code 3 where something is due"),
        ],
    ),
    (
        "apply",
        &[
            ("sidelight apply", "plan everything, show, ask, apply"),
            ("sidelight apply plan.json --yes", "exactly the plan that was kept"),
        ],
    ),
    (
        "sync",
        &[
            ("sidelight sync asset 2002 --dry-run", "what would be written for one asset"),
            ("sidelight sync client 12 --yes", "write without a question"),
        ],
    ),
    ("publish", &[("sidelight publish 31", "article 31 of Hudu, in HaloITSM")]),
    ("undo", &[("sidelight undo", "take the last run back: shows what that means, and asks")]),
    ("suggest", &[("sidelight suggest 1234", "the documents that fit ticket 1234, and why")]),
    ("search", &[("sidelight search 10.20.0.1", "wherever this address is documented")]),
    ("runs", &[("sidelight runs", "what was done from this computer")]),
    ("report", &[("sidelight report --format csv", "each step of the last run, for a spreadsheet")]),
    ("resume", &[("sidelight resume", "go on with what was paused or cut off")]),
    ("forget", &[("sidelight forget", "the next plan reads everything again")]),
    ("init", &[("sidelight init --create-layouts", "a configuration, and Hudu's layouts made to fit")]),
    (
        "halo",
        &[
            ("sidelight halo tickets list --client 12 --open-only", "open tickets of a client"),
            ("sidelight halo assets list --all --format csv", "every asset, page by page"),
            ("sidelight halo clients get 12", "one record with its details, as JSON"),
            ("sidelight halo suppliers upsert new.ndjson --progress done.ndjson", "write records; again, it goes on"),
            ("sidelight halo suppliers delete 7", "says what will go, and asks"),
        ],
    ),
    (
        "hudu",
        &[
            ("sidelight hudu articles list --search VPN --format json", "articles, as one JSON value"),
            ("sidelight hudu assets get 41", "one asset, confidential fields left out"),
        ],
    ),
    (
        "directory",
        &[
            ("sidelight directory users list --kind agent", "agents only"),
            ("sidelight directory users update user/77 '{\"title\": \"Head of IT\"}'", "one member; all others stay"),
            ("sidelight directory users sync --from people.csv --to halo --plan", "what a file would change"),
        ],
    ),
    (
        "recipe",
        &[
            ("sidelight recipe list", "which there are, and what each does"),
            ("sidelight recipe alert-tickets --days 30 --plan", "what would be made; writes nothing"),
            ("sidelight recipe undo", "take the last run back"),
        ],
    ),
    (
        "tools",
        &[
            ("sidelight tools ticket", "tools with this in their name"),
            ("sidelight tools create_a_haloitsm_ticket --json", "one tool with its schemas"),
        ],
    ),
    (
        "call",
        &[
            ("sidelight call search_hudu --args '{\"words\": \"VPN\"}'", "a tool that reads"),
            (
                "sidelight call create_a_haloitsm_supplier --args '{\"records\": [{\"name\": \"Acme\"}]}' --yes",
                "one that writes, without a question",
            ),
        ],
    ),
    (
        "mcp",
        &[
            ("sidelight mcp --read-only --client 12", "for an agent that may read one client"),
            ("sidelight mcp --http 8810", "over HTTP on this computer; prints a token"),
        ],
    ),
    ("completions", &[("sidelight completions bash", "for /etc/bash_completion.d/sidelight")]),
    ("man", &[("sidelight man --dir man1", "a page for each command")]),
    ("settings", &[("sidelight settings", "the settings in force, without secrets")]),
];

/// The lines for a command, each with what it does below.
pub fn of(command: &str) -> String {
    let lines = EXAMPLES.iter().filter(|(name, _)| *name == command).flat_map(|(_, lines)| *lines);
    let lines = lines.map(|(line, meaning)| format!("  {line}\n      {meaning}\n"));
    format!("Examples:\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::command;
    use super::*;

    /// The words of a line as a shell takes them: single quotes keep words together.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        for (place, part) in line.split('\'').enumerate() {
            let mut parts = if place % 2 == 0 { part.split(' ').collect() } else { vec![part] }.into_iter();
            words.last_mut().unwrap().push_str(parts.next().unwrap());
            words.extend(parts.map(str::to_owned));
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn each_command_teaches_by_lines_that_it_takes() {
        for known in command().get_subcommands() {
            let name = known.get_name();
            let lines = EXAMPLES.iter().find(|(command, _)| *command == name).map(|(_, lines)| *lines);
            for (line, _) in lines.unwrap_or_else(|| panic!("{name} has no example")) {
                assert!(line.starts_with(&format!("sidelight {name}")), "{line}");
                command().try_get_matches_from(words(line)).unwrap_or_else(|error| panic!("{line}: {error}"));
            }
            let mut known = known.clone();
            assert!(known.render_help().to_string().contains("Examples:"), "{name}");
        }
    }
}
