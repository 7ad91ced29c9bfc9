//! Shows Sidelight at work: a local HaloITSM and Hudu, and a browser connected to both.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use sidelight_tests::browser::{Extension, Kind, Options, Result};
use sidelight_tests::stage::Stage;
use sidelight_tests::story::{self, Teller};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let kind = if has("--firefox") { Kind::Firefox } else { Kind::Chromium };
    match show(kind, has("--headless")).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn show(kind: Kind, headless: bool) -> Result<()> {
    let extension = Some(Extension::built()?);
    // By itself it takes any free ports; for a person they are the ones that the README names.
    let (halo, hudu) = if headless { (0, 0) } else { (8787, 8788) };
    let stage = Stage::set(Options { headless, extension, ..Options::bare(kind) }, halo, hudu).await?;
    say(&format!("HaloITSM  {}", stage.pair.halo));
    say(&format!("Hudu      {}", stage.pair.hudu));
    for line in stage.connect().await? {
        say(&format!("  {}", line["sentence"].as_str().unwrap_or_default()));
    }
    if headless {
        let pictures = Path::new(env!("CARGO_MANIFEST_DIR"))
            .with_file_name("target")
            .join("demo")
            .join(stage.browser.kind().name());
        let mut say = say;
        story::walk(&stage, &mut Teller { say: &mut say, pictures: Some(pictures.clone()) }).await?;
        say(&format!("Pictures are in {}.", pictures.display()));
        stage.browser.close().await
    } else {
        let page = stage.open_halo(story::TICKET).await?;
        let frame = page.frame("sidebar.html").await?;
        frame.wait_for_text("Expirations").await?;
        stage.browser.open_extension("centre.html").await?;
        page.activate().await?;
        say("The ticket is open with its documentation beside it.");
        say(story::WHERE);
        say("Close with Ctrl+C.");
        Ok(tokio::signal::ctrl_c().await?)
    }
}

fn say(line: &str) {
    // A closed pipe is no reason to stop.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
