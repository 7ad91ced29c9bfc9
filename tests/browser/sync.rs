//! The main job, as the demo shows it.

use sidelight_tests::browser::{Kind, Result};
use sidelight_tests::in_both_browsers;
use sidelight_tests::story::{self, Teller};

use crate::scene::{self, connected};

in_both_browsers!(synced_and_undone);

async fn synced_and_undone(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let mut told = 0;
    story::walk(&stage, &mut Teller { say: &mut |_| told += 1, pictures: None }).await?;
    assert!(told >= 15, "{told} steps");
    scene::end(stage).await
}
