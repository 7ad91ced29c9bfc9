//! Published articles where a tenant keeps or tells less of them than was sent.

use sidelight::sync::apply::Order;
use sidelight::sync::journal::Run;
use sidelight::sync::plan::{Item, Plan, Target};
use sidelight::sync::view::Action;
use sidelight_sandbox::halo::ArticleTags;
use sidelight_sandbox::world::Size;
use sidelight_tests::desk::Desk;

use crate::support::{begin, desk, go, plan, provider, sync};

/// Items about articles with this action.
fn articles(plan: &Plan, action: Action) -> usize {
    let of = |item: &&Item| matches!(item.target, Target::Article { .. }) && item.action == action;
    plan.items.iter().filter(of).count()
}

/// Carries a plan out that changes most of what was synced.
async fn confirmed(desk: &Desk) -> Run {
    let order = Order { confirmed: true, ..Order::default() };
    let mut run = begin(desk, plan(desk).await, &order).await;
    go(desk, &mut run).await;
    // An edit is told by its second.
    desk.host.host.clock.sleep(60_000).await;
    run
}

/// Where a tenant keeps no tag, the browser that published the article knows it by its link.
#[tokio::test(start_paused = true)]
async fn an_article_is_published_once_whatever_becomes_of_its_tag() {
    for tags in [ArticleTags::Kept, ArticleTags::KbTagsOnly, ArticleTags::NotInRows, ArticleTags::Dropped] {
        let pair = provider(Size { clients: 1, sites: 1, users: 1, assets: 1, known: 0, articles: 6 });
        pair.halo.switch(|switches| switches.article_tags = tags);
        let before = pair.halo.all("KBArticle").len();
        let own = desk(&pair, 1).await;
        let run = sync(&own).await;
        let published = pair.halo.all("KBArticle").len() - before;
        assert!(published > 5);
        let told =
            run.steps.iter().filter_map(|step| step.note.as_ref()).any(|note| note.contains("did not keep the tag"));
        assert_eq!(told, tags == ArticleTags::Dropped, "{tags:?}");
        let again = plan(&own).await;
        let blocked = if tags == ArticleTags::Dropped { published } else { 0 };
        assert_eq!((articles(&again, Action::Create), articles(&again, Action::Blocked)), (0, blocked), "{tags:?}");
        if tags != ArticleTags::Dropped {
            let other = plan(&desk(&pair, 2).await).await;
            assert_eq!(articles(&other, Action::Create), 0, "{tags:?}");
        }
    }
}

/// What Halo would show to more people than it is for is put away until Halo keeps whom it is for.
#[tokio::test(start_paused = true)]
async fn an_article_that_more_people_could_read_is_put_away() {
    let pair = provider(Size { clients: 1, sites: 1, users: 1, assets: 1, known: 0, articles: 6 });
    pair.halo.switch(|switches| switches.article_access_dropped = true);
    let desk = desk(&pair, 1).await;
    let run = confirmed(&desk).await;
    let told = |note: &String| note.contains("inactive");
    let exposed = run.steps.iter().filter(|step| step.note.as_ref().is_some_and(told)).count();
    let now = || {
        let all = pair.halo.all("KBArticle");
        (all.iter().filter(|article| article["inactive"] == true).count(), all.len())
    };
    let (_, all) = now();
    assert!(exposed > 2);
    assert_eq!(now(), (exposed, all));
    confirmed(&desk).await;
    assert_eq!(now(), (exposed, all));
    // Whom it is for first, and only then in use again.
    pair.halo.switch(|switches| switches.article_access_dropped = false);
    confirmed(&desk).await;
    assert_eq!(now(), (exposed, all));
    confirmed(&desk).await;
    assert_eq!(now(), (0, all));
}
