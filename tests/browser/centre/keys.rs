//! The table without a mouse.

use sidelight_tests::browser::{Frame, Kind, Result};
use sidelight_tests::in_both_browsers;

use super::{FILTER, changes, connected, planned};
use crate::scene;

in_both_browsers!(the_table_by_keys);

/// The index of the row that the keys are at.
const AT: &str = "+document.querySelector('[role=grid]').getAttribute('aria-activedescendant').slice(5)";

async fn at(centre: &Frame, index: usize) -> Result<()> {
    centre.wait_for(&format!("{AT} === {index}")).await?;
    // The row is there, is the selected one, and stands in view below the head of the columns.
    centre
        .wait_for(&format!(
            "(() => {{
                const row = document.getElementById('line-{index}');
                const table = document.querySelector('[role=grid]').getBoundingClientRect();
                const head = document.querySelector('.heads').getBoundingClientRect();
                const place = row?.getBoundingClientRect();
                return row?.ariaSelected === 'true' && place.top >= head.bottom - 1 && place.bottom <= table.bottom + 1;
            }})()"
        ))
        .await
}

async fn the_table_by_keys(kind: Kind) -> Result<()> {
    let stage = connected(kind).await?;
    let centre = planned(&stage, &[]).await?;
    let all = changes(&centre).await?;
    let rows = centre.evaluate("+document.querySelector('[role=grid]').ariaRowCount - 1").await?.as_u64().unwrap();
    let last = usize::try_from(rows).unwrap() - 1;
    assert!(last > 60, "{last}");

    // Tab goes from the filters to the table as one stop, past no row.
    centre.by_role("checkbox", "Group by client").focus().await?;
    centre.press("Tab").await?;
    centre.wait_for("document.activeElement.getAttribute('role') === 'grid'").await?;
    for (key, index) in
        [("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", last), ("ArrowDown", last), ("Home", 0)]
    {
        centre.press(key).await?;
        at(&centre, index).await?;
    }
    centre.press("PageDown").await?;
    centre.wait_for(&format!("{AT} > 3")).await?;
    centre.press("PageUp").await?;
    at(&centre, 0).await?;

    // Space leaves a row out and takes it in again; Enter opens it, the arrows walk on with it open.
    let to_write = "(() => { const rows = [...document.querySelectorAll('[role=row][id]')];
        return rows.findIndex((row) => row.querySelector('input[type=checkbox]')); })()";
    let index = centre.evaluate(to_write).await?.as_u64().unwrap();
    for _ in 0..index {
        centre.press("ArrowDown").await?;
    }
    centre.press(" ").await?;
    centre.wait_for(&format!("document.querySelector('[data-act=apply]').innerText.includes('{}')", all - 1)).await?;
    centre.press(" ").await?;
    assert_eq!(changes(&centre).await?, all);
    centre.press("Enter").await?;
    let details = centre.all_by_role("complementary");
    details.wait().await?;
    let first = details.attribute("aria-label").await?;
    centre.press("ArrowDown").await?;
    centre.wait_for(&format!("document.querySelector('aside').getAttribute('aria-label') !== {first:?}")).await?;
    centre.wait_for("document.activeElement.getAttribute('role') === 'grid'").await?;
    centre.press("Escape").await?;
    details.wait_gone().await?;

    // Grouped by client, the keys pass over the heads of the groups.
    centre.by_role("checkbox", "Group by client").focus().await?;
    centre.press(" ").await?;
    centre.by_css(".line.group").nth(1).wait().await?;
    centre.press("Tab").await?;
    centre.press("End").await?;
    at(&centre, last).await?;

    // A column's head is a button: it sorts, and says so.
    centre.by_role("button", "Client").focus().await?;
    for order in ["descending", "none"] {
        centre.press("Enter").await?;
        centre
            .wait_for(&format!("document.querySelector('[role=columnheader].client').ariaSort === '{order}'"))
            .await?;
    }
    // What is typed narrows the table; its top is shown.
    centre.by_role("searchbox", FILTER).focus().await?;
    centre.type_text("calder group").await?;
    centre.wait_for("/^\\d+ of \\d/.test(document.querySelector('.found').innerText)").await?;
    at(&centre, 0).await?;
    scene::end(stage).await
}
