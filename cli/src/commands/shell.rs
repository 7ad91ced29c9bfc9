//! What a shell and a manual need to know of this program.

use std::path::Path;

use clap_complete::Shell;

use crate::args::command;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;

/// Prints the completions of a shell.
pub fn completions(out: &Out, shell: Shell) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command(), "sidelight", &mut text);
    out.whole(&String::from_utf8_lossy(&text));
    Ok(Exit::Done)
}

/// Prints the manual page, or writes one for each command.
pub fn man(out: &Out, folder: Option<&Path>) -> Result<Exit, Failure> {
    let wrong = |error: std::io::Error| Failure::File(format!("The manual could not be written ({error})."));
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command(), folder)).map_err(wrong)?;
        out.note(&format!("The manual pages are in {}.", folder.display()));
        return Ok(Exit::Done);
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command()).render(&mut text).map_err(wrong)?;
    out.whole(&String::from_utf8_lossy(&text));
    Ok(Exit::Done)
}
