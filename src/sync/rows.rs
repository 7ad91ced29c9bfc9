//! Tables of plans and runs: counts, and a window of the rows that fit a query.
//!
//! A query takes one look at each item's mark ([`Mark`]), and at its words where they are asked for. What fits, in its
//! order, can be kept ([`Arranged`]) while windows of it are made. A plan that is kept is shown from its outline and its
//! lines ([`Lines`]), without its items.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::order::Order;
use crate::sync::describe;
use crate::sync::journal::{Step, StepState};
use crate::sync::lines::{Line, Lines};
use crate::sync::outline::{Mark, Outline};
use crate::sync::plan::{Item, Plan, Subject};
use crate::sync::table::{CountView, GroupView, Outcome, RowQuery, RowSort, RowView, RowsView, Scope, SummaryView};
use crate::t;
use crate::words::tell;

/// Most fields that a row names.
const NAMED: usize = 4;

/// The window of the rows of a plan that fit the query; with `steps`, of its run. Rows that the sort
/// does not tell apart stand as they will be done.
pub fn rows(plan: &Plan, steps: Option<&[Step]>, query: &RowQuery, offset: usize, count: usize) -> RowsView {
    shown(plan, steps, window(plan, steps, query, offset, count))
}

/// The rows of a plan in that window; with `steps`, of its run.
pub fn shown(plan: &Plan, steps: Option<&[Step]>, picked: Picked) -> RowsView {
    let clients = Clients::of(plan);
    let step = |place: usize| steps.and_then(|steps| steps.get(place));
    picked.view(&|place| Some(row(plan.items.get(place)?, step(place), steps.is_some(), &clients)))
}

/// The rows of a kept plan in that window.
pub fn shown_kept(outline: &Outline, lines: &Lines, picked: Picked) -> RowsView {
    let clients = Clients::of(&outline.plan);
    picked.view(&|place| Some(lined(*outline.marks.get(place)?, lines.get(place)?, &clients)))
}

/// Where the rows of that window stand.
pub fn window(plan: &Plan, steps: Option<&[Step]>, query: &RowQuery, offset: usize, count: usize) -> Picked {
    arrange_plan(plan, steps, query).window(offset, count)
}

/// The rows of a plan that fit the query; with `steps`, of its run.
pub fn arrange_plan(plan: &Plan, steps: Option<&[Step]>, query: &RowQuery) -> Arranged {
    let marks: Vec<Mark> = plan.items.iter().map(Mark::of).collect();
    let texts = |place: usize| plan.items.get(place).map(|item| (item.title.as_str(), tell(&item.reason).into()));
    All { clients: Clients::of(plan), marks: &marks, texts: &texts, steps }.arrange(query)
}

/// The rows that fit a query, in its order.
pub struct Arranged {
    places: Vec<usize>,
    groups: Vec<GroupView>,
}

impl Arranged {
    /// A window of them.
    pub fn window(&self, offset: usize, count: usize) -> Picked {
        let places = self.places.iter().copied().skip(offset).take(count).collect();
        Picked { places, total: self.places.len(), offset, groups: self.groups.clone() }
    }
}

/// A window of rows by the outline alone, without the items.
pub struct Picked {
    /// Where the window's items stand in the plan.
    pub places: Vec<usize>,
    /// How many rows fit the query.
    pub total: usize,
    offset: usize,
    groups: Vec<GroupView>,
}

/// Whether a query asks for the words of the items.
pub fn asks_words(query: &RowQuery) -> bool {
    query.sort == RowSort::Title || !query.text.trim().is_empty()
}

/// The rows that fit the query; `None` where it asks for words that are not given, or for what became of the items.
pub fn arrange(outline: &Outline, lines: Option<&Lines>, query: &RowQuery) -> Option<Arranged> {
    if !query.outcomes.is_empty() || (asks_words(query) && lines.is_none()) {
        return None;
    }
    let texts = |place: usize| lines?.words(place).map(|(title, reason)| (title, reason.into()));
    let all = All { clients: Clients::of(&outline.plan), marks: &outline.marks, texts: &texts, steps: None };
    Some(all.arrange(query))
}

impl Picked {
    fn view(self, row: &dyn Fn(usize) -> Option<RowView>) -> RowsView {
        let rows = self.places.into_iter().filter_map(row).collect();
        RowsView { total: self.total, offset: self.offset, rows, groups: self.groups }
    }
}

/// Title and reason of the item in a place.
type Texts<'a> = &'a dyn Fn(usize) -> Option<(&'a str, Cow<'a, str>)>;

/// Everything that rows are picked from.
struct All<'a> {
    clients: Clients<'a>,
    marks: &'a [Mark],
    /// None where the query does not ask for words.
    texts: Texts<'a>,
    steps: Option<&'a [Step]>,
}

impl All<'_> {
    fn arrange(&self, query: &RowQuery) -> Arranged {
        let Self { clients, marks, steps, .. } = self;
        let texts = self.texts;
        let fits = Filter::new(query, clients);
        let step = |place: usize| steps.and_then(|steps| steps.get(place));
        let fit = |place: &usize| fits.item(marks[*place], *place, texts, step(*place));
        let mut places: Vec<usize> = (0..marks.len()).filter(fit).collect();
        match query.sort {
            RowSort::Plan => {}
            RowSort::Client => places.order_by_key(|place| clients.rank(marks[*place].client)),
            RowSort::Title => places.order_by_key(|place| texts(*place).map(|(title, _)| title.to_lowercase())),
            RowSort::Action => places.order_by_key(|place| marks[*place].action as u8),
            RowSort::Kind => places.order_by_key(|place| marks[*place].kind),
        }
        if query.descending {
            places.reverse();
        }
        let groups = if query.sort == RowSort::Client { self.groups(&places) } else { Vec::new() };
        Arranged { places, groups }
    }

    fn groups(&self, places: &[usize]) -> Vec<GroupView> {
        let mut groups: Vec<GroupView> = Vec::new();
        for (first, place) in places.iter().enumerate() {
            let client = self.marks[*place].client;
            match groups.last_mut() {
                Some(group) if group.client == client => group.count += 1,
                _ => groups.push(GroupView { client, name: self.clients.name(client).to_owned(), first, count: 1 }),
            }
        }
        groups
    }
}

/// A plan at a glance.
pub fn summary(plan: &Plan) -> SummaryView {
    glance(plan, &mut plan.items.iter().map(Mark::of))
}

/// The same of a plan in outline.
pub fn summary_of(outline: &Outline) -> SummaryView {
    glance(&outline.plan, &mut outline.marks.iter().copied())
}

fn glance(plan: &Plan, marks: &mut dyn Iterator<Item = Mark>) -> SummaryView {
    let mut counts = BTreeMap::new();
    for mark in marks {
        counts.entry((mark.action as u8, mark.kind)).or_insert((mark.action, 0)).1 += 1;
    }
    let counts = counts.into_iter().map(|((_, kind), (action, count))| CountView { action, kind, count });
    let counts: Vec<CountView> = counts.collect();
    SummaryView {
        id: plan.id.clone(),
        direction: plan.direction,
        title: describe::title(plan),
        made: plan.made,
        scope: match &plan.subject {
            Subject::Everything(scope) => scope.clone(),
            _ => Scope::default(),
        },
        writes: counts.iter().filter(|count| count.action.writes()).map(|count| count.count).sum(),
        counts,
        guard: plan.guard.as_deref().map(tell),
        notes: plan.notes.clone(),
        requests: plan.requests,
    }
}

/// How a step ended.
pub fn outcome(step: &Step) -> Outcome {
    match step.state {
        StepState::Waiting | StepState::Sent => Outcome::Waiting,
        StepState::Done => Outcome::Done,
        StepState::Skipped => Outcome::Skipped,
        StepState::Failed => Outcome::Failed,
    }
}

/// Clients by Halo id: name, and place in the order of the names.
struct Clients<'a>(HashMap<i64, (&'a str, usize)>);

impl<'a> Clients<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut names: Vec<(String, i64, &str)> =
            plan.clients.iter().map(|(id, name)| (name.to_lowercase(), *id, name.as_str())).collect();
        names.order();
        Self(names.into_iter().enumerate().map(|(rank, (_, id, name))| (id, (name, rank))).collect())
    }

    fn name(&self, client: Option<i64>) -> &'a str {
        client.and_then(|id| self.0.get(&id)).map_or("", |(name, _)| name)
    }

    /// What belongs to no client comes last; clients without a name before that.
    fn rank(&self, client: Option<i64>) -> (usize, Option<i64>) {
        let rank = match client {
            Some(id) => self.0.get(&id).map_or(self.0.len(), |(_, rank)| *rank),
            None => usize::MAX,
        };
        (rank, client)
    }
}

/// A query, made ready.
struct Filter<'a> {
    query: &'a RowQuery,
    words: Vec<String>,
    /// For each word the clients whose name holds it.
    clients: Vec<Vec<i64>>,
}

impl<'a> Filter<'a> {
    fn new(query: &'a RowQuery, clients: &Clients) -> Self {
        let words: Vec<String> = query.text.split_whitespace().map(str::to_lowercase).collect();
        let named = |word: &String| {
            let hits = clients.0.iter().filter(|(_, (name, _))| holds(name, word));
            hits.map(|(id, _)| *id).collect()
        };
        let clients = words.iter().map(named).collect();
        Self { query, words, clients }
    }

    fn item(&self, mark: Mark, place: usize, texts: Texts, step: Option<&Step>) -> bool {
        let query = self.query;
        let any = |list: bool, is: bool| !list || is;
        any(!query.actions.is_empty(), query.actions.contains(&mark.action))
            && any(!query.kinds.is_empty(), mark.kind.is_some_and(|kind| query.kinds.contains(&kind)))
            && any(!query.clients.is_empty(), mark.client.is_some_and(|id| query.clients.contains(&id)))
            && any(!query.outcomes.is_empty(), step.is_some_and(|step| query.outcomes.contains(&outcome(step))))
            && self.words.iter().zip(&self.clients).all(|(word, clients)| {
                mark.client.is_some_and(|id| clients.contains(&id))
                    || texts(place).is_some_and(|(title, reason)| holds(title, word) || holds(&reason, word))
            })
    }
}

/// Whether a text holds a word that is in lower case.
fn holds(text: &str, word: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word))
}

fn row(item: &Item, step: Option<&Step>, run: bool, clients: &Clients) -> RowView {
    RowView {
        id: item.id.clone(),
        action: item.action,
        kind: item.kind(),
        record: item.record,
        title: item.title.clone(),
        client: clients.name(item.client).to_owned(),
        client_id: item.client,
        summary: line(item, step),
        fields: item.changes.len(),
        outcome: run.then(|| step.map_or(Outcome::Waiting, outcome)),
        trouble: step.and_then(Step::trouble),
        url: step.and_then(|step| step.url.clone()).or_else(|| item.url.clone()),
        undoable: step.is_some_and(|step| step.undoable(item)),
    }
}

/// The row of a kept item.
fn lined(mark: Mark, line: Line, clients: &Clients) -> RowView {
    RowView {
        id: line.id.to_owned(),
        action: mark.action,
        kind: mark.kind,
        record: line.record,
        title: line.title.to_owned(),
        client: clients.name(mark.client).to_owned(),
        client_id: mark.client,
        fields: line.fields.len(),
        summary: if line.fields.is_empty() { line.reason.to_owned() } else { named(line.fields) },
        outcome: None,
        trouble: None,
        url: line.url,
        undoable: false,
    }
}

/// "phone and website", or why nothing is done; of a step what became of it.
fn line(item: &Item, step: Option<&Step>) -> String {
    if let Some(step) = step {
        if let Some(trouble) = step.trouble() {
            return trouble.sentence;
        }
        if let (StepState::Skipped, Some(note)) = (step.state, step.note()) {
            return note;
        }
        if step.in_step() {
            return describe::in_step();
        }
    }
    let fields = named(describe::labels(item));
    match step.and_then(Step::note) {
        Some(note) if !fields.is_empty() => format!("{fields} – {note}"),
        Some(note) => note,
        None if fields.is_empty() => tell(&item.reason),
        None => fields,
    }
}

/// The names of the fields that change; of many the first.
fn named(mut names: Vec<String>) -> String {
    if names.len() > NAMED {
        let rest = names.len() - (NAMED - 1);
        names.truncate(NAMED - 1);
        names.push(t!("{n} more", n = rest));
    }
    describe::list(&names)
}
