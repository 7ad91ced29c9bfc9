//! Signing in to HaloITSM as oneself, in Halo's own window: no secret is typed into Sidelight.

use sidelight_tests::browser::{Kind, Options, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::stage::Stage;

use crate::scene;

in_both_browsers!(as_yourself);

async fn as_yourself(kind: Kind) -> Result<()> {
    let stage = Stage::set(Options::built(kind)?, 0, 0).await?;
    let halo = stage.pair.sandbox.halo.credentials();
    let page = stage.browser.page("options.html").await?;
    page.wait_for_role("heading", "Connections").await?;
    page.by_label("Resource server").fill(&halo.resource_server).await?;
    page.by_label("Tenant").fill(&halo.tenant).await?;
    page.by_role("radio", "As yourself").click().await?;
    page.by_label("Client ID").fill(&halo.native_client_id).await?;
    page.wait_for_text("login redirect URL").await?;
    page.by_role("button", "Sign in with HaloITSM").click().await?;

    let window = stage.browser.page("/auth/authorize").await?;
    window.by_label("Agent name").fill("Morag Sinclair").await?;
    window.by_label("Password").fill(&halo.password).await?;
    window.by_role("button", "Sign in").click().await?;

    page.wait_for_text("HaloITSM saved").await?;
    page.by_role("button", "Check connection").click().await?;
    page.wait_for_text("Signed in as Morag Sinclair (agent).").await?;
    scene::end(stage).await
}
