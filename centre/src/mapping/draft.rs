//! The settings as they are being edited, shared by the pages of this room, and the bar that saves them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sidelight::protocol::{Event, Message, Reply};
use sidelight::settings::{Managed, Settings, SyncSettings};
use sidelight::trouble::Trouble;
use sidelight::words::say;
use sidelight::{mark, t};
use sidelight_ui::bridge;
use sidelight_ui::components::{PolicyNote, TroubleLine};
use wasm_bindgen::JsCast;

use crate::desk::Desk;

/// The settings as they are saved, and as they are being edited. They stay while the pages change.
#[derive(Clone, Copy)]
pub struct Draft {
    /// As the background holds them; `None` until it said so.
    pub saved: RwSignal<Option<Settings>>,
    /// As they stand on the pages.
    pub now: RwSignal<Settings>,
    /// Counts up when the whole draft was replaced, so that inputs are drawn anew.
    pub replaced: RwSignal<u32>,
    /// What went wrong while reading or saving.
    pub trouble: RwSignal<Option<Trouble>>,
}

impl Draft {
    /// Makes the draft of this page and asks before it is left with unsaved changes.
    pub fn provide() -> Self {
        let draft = Self {
            saved: RwSignal::new(None),
            now: RwSignal::new(Settings::default()),
            replaced: RwSignal::new(0),
            trouble: RwSignal::new(None),
        };
        provide_context(draft);
        draft.load();
        // Another page may have saved.
        bridge::hear(move |event| {
            if event == Event::SettingsChanged {
                draft.load();
            }
        });
        let leaving = window_event_listener_untyped("beforeunload", move |event| {
            if draft.is_dirty() {
                event.prevent_default();
                if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                    event.set_return_value("unsaved");
                }
            }
        });
        on_cleanup(move || leaving.remove());
        draft
    }

    /// The draft of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Reads the settings again. What is unsaved stays; the parts around it are taken over.
    pub fn load(self) {
        spawn_local(async move {
            match bridge::ask(Message::Settings).await {
                Ok(Reply::Settings { settings }) => {
                    if self.saved.with_untracked(|saved| saved.as_ref() != Some(&*settings)) {
                        self.news(*settings);
                    }
                }
                Ok(_) => self.trouble.set(Some(bridge::odd())),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    fn news(&self, new: Settings) {
        let old = self.saved.get_untracked().filter(|_| self.is_dirty());
        let Some(old) = old else { return self.take(new) };
        self.now.update(|now| {
            keep_edits(&mut now.sync, &old.sync, &new.sync);
            keep_edits(&mut now.schedule, &old.schedule, &new.schedule);
            now.frame = now.frame.rebased(&old.frame, &new.frame);
            keep_edits(&mut now.rates, &old.rates, &new.rates);
            keep_edits(&mut now.lock, &old.lock, &new.lock);
            keep_edits(&mut now.tickets, &old.tickets, &new.tickets);
            keep_edits(&mut now.recipes, &old.recipes, &new.recipes);
            now.managed.clone_from(&new.managed);
            keep_edits(&mut now.connections, &old.connections, &new.connections);
        });
        self.saved.set(Some(new));
    }

    fn take(&self, settings: Settings) {
        self.trouble.set(None);
        self.now.set(settings.clone());
        self.saved.set(Some(settings));
        self.replaced.update(|count| *count += 1);
    }

    /// Puts other settings in place of the draft; they are saved by the user.
    pub fn replace(&self, settings: Settings) {
        self.now.set(settings);
        self.replaced.update(|count| *count += 1);
    }

    /// Takes back what is unsaved.
    pub fn discard(&self) {
        if let Some(saved) = self.saved.get_untracked() {
            self.take(saved);
        }
    }

    /// Whether something is unsaved.
    pub fn is_dirty(&self) -> bool {
        self.saved
            .with_untracked(|saved| saved.as_ref().is_some_and(|saved| self.now.with_untracked(|now| now != saved)))
    }

    /// Changes how records are synced.
    pub fn edit(&self, change: impl FnOnce(&mut SyncSettings)) {
        self.now.update(|settings| change(&mut settings.sync));
    }

    /// How records are synced, as edited.
    pub fn sync<T>(&self, read: impl FnOnce(&SyncSettings) -> T) -> T {
        self.now.with(|settings| read(&settings.sync))
    }

    /// What the organisation sets.
    pub fn managed(self) -> Signal<Managed> {
        Signal::derive(move || self.now.with(|settings| settings.managed.clone()))
    }

    /// The parts that are unsaved, in words.
    fn unsaved(&self) -> Vec<String> {
        self.saved.with(|saved| {
            let Some(saved) = saved else { return Vec::new() };
            self.now.with(|now| changed(saved, now))
        })
    }

    /// Whether something is unsaved, followed as it changes.
    pub fn differs(&self) -> bool {
        self.saved.with(|saved| saved.as_ref().is_some_and(|saved| self.now.with(|now| now != saved)))
    }

    /// Saves, and tells whether that worked. Connected fields of which one side is not named yet are not
    /// saved: they would take the place of what goes there by its name.
    pub async fn keep(self, desk: Desk) -> bool {
        self.trouble.set(None);
        // The sidebar's width is dragged without a word to this page.
        if let Ok(Reply::Settings { settings }) = bridge::ask(Message::Settings).await {
            self.saved.with_untracked(|saved| {
                let old = saved.as_ref().map(|saved| saved.frame.clone()).unwrap_or_default();
                self.now.update(|now| now.frame = now.frame.rebased(&old, &settings.frame));
            });
        }
        let mut settings = Box::new(self.now.get_untracked());
        settings.sync.connected.retain(|row| !row.fact.trim().is_empty() && !row.field.trim().is_empty());
        let unfinished = settings.sync.connected.len() < self.now.with_untracked(|now| now.sync.connected.len());
        match bridge::ask(Message::SaveSettings { settings }).await {
            Ok(Reply::Settings { settings }) => {
                // What was typed meanwhile stays, and is unsaved.
                self.saved.set(Some(*settings));
                desk.say(match unfinished {
                    true => t!("Settings saved, but for connected fields of which one side is not named yet."),
                    false => t!("Settings saved."),
                });
                return true;
            }
            Ok(_) => self.trouble.set(Some(bridge::odd())),
            Err(trouble) => self.trouble.set(Some(trouble)),
        }
        false
    }

    fn save(self, desk: Desk) {
        spawn_local(async move {
            self.keep(desk).await;
        });
    }
}

/// Takes a part over from elsewhere unless it is being edited here.
fn keep_edits<T: PartialEq + Clone>(now: &mut T, old: &T, new: &T) {
    if now == old {
        now.clone_from(new);
    }
}

/// The names of the parts in which two settings differ.
pub fn changed(old: &Settings, new: &Settings) -> Vec<String> {
    let (a, b) = (&old.sync, &new.sync);
    let rules = a.sort_rules != b.sort_rules
        || a.people_rules != b.people_rules
        || a.default_layout != b.default_layout
        || a.by_type_name != b.by_type_name;
    let keys = a.keys != b.keys || a.key_fields != b.key_fields;
    let mut rest = a.clone();
    rest.sort_rules.clone_from(&b.sort_rules);
    rest.people_rules.clone_from(&b.people_rules);
    rest.default_layout.clone_from(&b.default_layout);
    rest.by_type_name = b.by_type_name;
    rest.keys.clone_from(&b.keys);
    rest.key_fields.clone_from(&b.key_fields);
    rest.connected.clone_from(&b.connected);
    let parts = [
        (&rest != b, mark!("mapping")),
        (keys, mark!("matching")),
        (rules, mark!("sort rules")),
        (a.connected != b.connected, mark!("connected fields")),
        (old.schedule != new.schedule, mark!("schedule")),
        (old.frame != new.frame, mark!("sidebar")),
        (old.rates != new.rates, mark!("requests")),
    ];
    parts.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| say(name)).collect()
}

/// A page of settings: its head, what it holds once the settings are known, and the bar that saves.
#[component]
pub fn SettingsPage(
    /// Heading.
    title: String,
    /// What the page is for, in a sentence or two.
    lead: String,
    /// What it holds; drawn anew when the whole draft was replaced.
    children: ChildrenFn,
) -> impl IntoView {
    let draft = Draft::of_page();
    let known = Memo::new(move |_| draft.saved.with(Option::is_some).then(|| draft.replaced.get()));
    let children = StoredValue::new(children);
    view! {
        <div class="page settings-page">
            <div class="page-head">
                <div class="grow">
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                    <PolicyNote managed=draft.managed()/>
                </div>
            </div>
            {move || match known.get() {
                Some(_) => children.with_value(|children| children()).into_any(),
                None if draft.trouble.with(Option::is_none) => view! { <p class="muted">{t!("One moment…")}</p> }.into_any(),
                None => ().into_any(),
            }}
            <SaveBar/>
        </div>
    }
}

/// Says what is unsaved, saves it or takes it back.
#[component]
fn SaveBar() -> impl IntoView {
    let (draft, desk) = (Draft::of_page(), Desk::of_page());
    let parts = Memo::new(move |_| draft.unsaved());
    let words = move || match parts.get().split_last() {
        None if draft.saved.with(Option::is_none) => String::new(),
        None => t!("Everything is saved."),
        Some((one, [])) => t!("Unsaved: {part}.", part = one),
        Some((last, rest)) => t!("Unsaved: {parts} and {last}.", parts = rest.join(", "), last),
    };
    let nothing = move || parts.with(Vec::is_empty);
    let again = move |()| if draft.saved.with_untracked(Option::is_some) { draft.save(desk) } else { draft.load() };
    view! {
        <div class="save-bar">
            {move || draft.trouble.get().map(|trouble| view! { <TroubleLine trouble again=again/> })}
            <p class="grow" class:muted=nothing role="status">{words}</p>
            <button type="button" class="btn quiet" data-act="discard-settings" disabled=nothing on:click=move |_| draft.discard()>{t!("Discard changes")}</button>
            <button type="button" class="btn primary" data-act="save-settings" disabled=nothing on:click=move |_| draft.save(desk)>
                {t!("Save settings")}
            </button>
        </div>
    }
}
