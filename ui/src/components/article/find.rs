//! Finding in an article: how many, the next, the one before. The text stays as it is: the browser
//! marks ranges of it by itself, so that a very long article stays quick.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use sidelight::t;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range};

use crate::icons::{self, Icon};
use crate::{browser, focus};

/// Marks beyond these are counted, not shown.
const MARKED: usize = 2_000;
/// `NodeFilter.SHOW_TEXT`.
const TEXTS: u32 = 4;

/// What is searched, and what was found in it.
#[derive(Clone, Copy)]
pub struct Finder {
    text: StoredValue<Option<Text>, LocalStorage>,
    /// Places in the text, in UTF-16 units, and their length.
    found: StoredValue<(Vec<usize>, usize)>,
    /// How many, and which one is in view.
    count: RwSignal<(usize, usize)>,
}

/// The letters of an element in lower case, and in which node each stands.
struct Text {
    element: Element,
    /// Empty until something is looked for.
    letters: Vec<u16>,
    nodes: Vec<(usize, Node)>,
}

impl Finder {
    /// Searches nothing yet.
    pub fn new() -> Self {
        on_cleanup(clear);
        Self {
            text: StoredValue::new_local(None),
            found: StoredValue::new(Default::default()),
            count: RwSignal::new((0, 0)),
        }
    }

    /// The text that is searched from now on.
    pub fn begin(self, element: Element) {
        self.text.set_value(Some(Text { element, letters: Vec::new(), nodes: Vec::new() }));
    }

    /// Looks for words and shows the first place.
    fn look(self, words: &str) {
        clear();
        let wanted: Vec<u16> = words.trim().encode_utf16().map(lower).collect();
        let places = self.text.try_update_value(|text| text.as_mut().map(|text| text.places(&wanted)));
        let places = places.flatten().unwrap_or_default();
        self.count.set((places.len(), 0));
        self.found.set_value((places, wanted.len()));
        let ranges: Array = self.found.with_value(|(places, length)| {
            places.iter().take(MARKED).filter_map(|place| self.range(*place, *length)).collect()
        });
        mark("found", &ranges);
        self.show(0);
    }

    /// Shows the place that is so many places on.
    fn step(self, by: isize) {
        let (count, at) = self.count.get_untracked();
        if count > 0 {
            self.show((at as isize + by).rem_euclid(count as isize) as usize);
        }
    }

    fn show(self, at: usize) {
        self.count.update(|count| count.1 = at);
        let range = self.found.with_value(|(places, length)| places.get(at).and_then(|at| self.range(*at, *length)));
        let Some(range) = range else { return };
        mark("found-here", &Array::of1(&range));
        let holder = range.start_container().ok().and_then(|node| node.parent_element());
        let Some(holder) = holder else { return };
        // A place in a closed accordion can only be seen when that is open.
        let mut fold = holder.closest("details").ok().flatten();
        while let Some(details) = fold {
            let _ = details.set_attribute("open", "");
            fold = details.parent_element().and_then(|outer| outer.closest("details").ok().flatten());
        }
        let options = browser::object(&[("block", "center".into())]);
        if let Some(scroll) = browser::member(&holder, "scrollIntoView").and_then(|f| f.dyn_into::<Function>().ok()) {
            let _ = scroll.call1(&holder, &options);
        }
    }

    fn range(self, place: usize, length: usize) -> Option<Range> {
        self.text.with_value(|text| {
            let text = text.as_ref()?;
            let range = document().create_range().ok()?;
            let (start, end) = (text.node(place)?, text.node(place + length - 1)?);
            range.set_start(start.1, start.0).ok()?;
            range.set_end(end.1, end.0 + 1).ok()?;
            Some(range)
        })
    }
}

impl Text {
    fn places(&mut self, wanted: &[u16]) -> Vec<usize> {
        if self.letters.is_empty() {
            self.read();
        }
        let Some(first) = wanted.first() else { return Vec::new() };
        let (mut places, mut at) = (Vec::new(), 0);
        while at + wanted.len() <= self.letters.len() {
            if self.letters[at] == *first && self.letters[at..].starts_with(wanted) {
                places.push(at);
                at += wanted.len();
            } else {
                at += 1;
            }
        }
        places
    }

    fn read(&mut self) {
        let Ok(walker) = document().create_tree_walker_with_what_to_show(&self.element, TEXTS) else { return };
        while let Ok(Some(node)) = walker.next_node() {
            let at = self.letters.len();
            self.letters.extend(node.node_value().unwrap_or_default().encode_utf16().map(lower));
            self.nodes.push((at, node));
        }
    }

    /// The node in which a place stands, and where in it.
    fn node(&self, place: usize) -> Option<(u32, &Node)> {
        let index = self.nodes.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
        let (start, node) = &self.nodes[index];
        Some((u32::try_from(place - start).ok()?, node))
    }
}

/// In lower case, where that is one unit as well.
fn lower(unit: u16) -> u16 {
    let small = char::from_u32(u32::from(unit)).and_then(|c| c.to_lowercase().next());
    small.and_then(|c| u16::try_from(u32::from(c)).ok()).unwrap_or(unit)
}

/// The browser's register of marked ranges.
fn register() -> Option<JsValue> {
    browser::member(&browser::member(&js_sys::global(), "CSS")?, "highlights")
}

fn mark(name: &str, ranges: &Array) -> Option<()> {
    let register = register()?;
    let make: Function = browser::member(&js_sys::global(), "Highlight")?.dyn_into().ok()?;
    let marks = Reflect::construct(&make, ranges).ok()?;
    let set: Function = browser::member(&register, "set")?.dyn_into().ok()?;
    set.call2(&register, &name.into(), &marks).ok().map(drop)
}

fn clear() {
    for name in ["found", "found-here"] {
        mark(name, &Array::new());
    }
}

/// The box in which words are typed, with the count.
#[component]
pub fn Find(
    /// What is searched.
    finder: Finder,
    /// Puts the box away.
    #[prop(into)]
    close: Callback<()>,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    on_cleanup(clear);
    let typed = move |event| {
        words.set(event_target_value(&event));
        finder.look(&words.get_untracked());
    };
    let pressed = move |key: web_sys::KeyboardEvent| {
        let taken = match key.key().as_str() {
            "Enter" => {
                finder.step(if key.shift_key() { -1 } else { 1 });
                true
            }
            "Escape" => {
                close.run(());
                focus::soon("reader-title".to_owned());
                true
            }
            _ => false,
        };
        if taken {
            key.prevent_default();
            key.stop_propagation();
        }
    };
    let said = move || match (finder.count.get(), words.with(|words| words.trim().is_empty())) {
        (_, true) => String::new(),
        ((0, _), _) => t!("Not in this article"),
        ((count, at), _) => t!("{at} of {count}", at = at + 1, count),
    };
    let none = move || finder.count.get().0 == 0;
    view! {
        <div class="find" role="search" aria-label=t!("In this article")>
            <input
                type="search"
                aria-label=t!("Find in this article")
                placeholder=t!("Find in this article")
                autocomplete="off"
                spellcheck="false"
                node_ref=input
                on:input=typed
                on:keydown=pressed
            />
            <span class="muted" role="status">{said}</span>
            <button type="button" class="tool" title=t!("Previous") aria-label=t!("Previous") prop:disabled=none on:click=move |_| finder.step(-1)>
                <Icon of=icons::UP/>
            </button>
            <button type="button" class="tool" title=t!("Next") aria-label=t!("Next") prop:disabled=none on:click=move |_| finder.step(1)>
                <Icon of=icons::LOWER/>
            </button>
        </div>
    }
}
