//! A call as a command line.

/// The command that does the same in a shell.
pub fn command(tool: &str, arguments: &str) -> String {
    if arguments == "{}" {
        return format!("sidelight call {tool}");
    }
    // Within single quotes a POSIX shell changes nothing; one of them ends the text, stands by itself and goes on.
    format!("sidelight call {tool} --args '{}'", arguments.replace('\'', r"'\''"))
}
