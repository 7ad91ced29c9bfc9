//! Which places each kind has in each layout, worked out once; layouts that have to be made.

use std::rc::Rc;

use crate::halo::record::RecordKind;
use crate::mapping::layout;
use crate::mapping::quick::QuickMap;
use crate::mapping::record::{HALO_ID, LayoutShape};
use crate::mapping::route::Routes;
use crate::settings::SyncSettings;

/// Routes by kind and layout.
pub(super) struct Places<'a> {
    settings: &'a SyncSettings,
    layouts: &'a [LayoutShape],
    company: Rc<Routes>,
    /// By kind, layout, and whether the `Halo ID` field is added to it.
    known: QuickMap<(RecordKind, i64, bool), Rc<Routes>>,
    /// Layouts to be made, by kind and name.
    fresh: QuickMap<(RecordKind, String), Rc<Fresh>>,
}

/// A layout that has to be made, with its routes.
pub(super) type Fresh = (LayoutShape, Rc<Routes>);

impl<'a> Places<'a> {
    pub(super) fn new(settings: &'a SyncSettings, layouts: &'a [LayoutShape]) -> Self {
        let company = Rc::new(Routes::company(settings));
        Self { settings, layouts, company, known: QuickMap::default(), fresh: QuickMap::default() }
    }

    /// Of a company.
    pub(super) fn company(&self) -> Rc<Routes> {
        self.company.clone()
    }

    /// Of a kind in a layout that there is.
    pub(super) fn of(&mut self, kind: RecordKind, shape: &LayoutShape, add_id: bool) -> Rc<Routes> {
        let settings = self.settings;
        let routes = self.known.entry((kind, shape.id, add_id)).or_insert_with(|| {
            let mut shape = shape.clone();
            if add_id && shape.field(HALO_ID).is_none() {
                shape.fields.push(layout::halo_id_field());
            }
            Rc::new(Routes::asset(kind, &shape, settings))
        });
        routes.clone()
    }

    /// Of a kind in a layout that has to be made, with the layout. `planned` tells which others are made.
    pub(super) fn fresh(&mut self, kind: RecordKind, name: &str, planned: &dyn Fn(&str) -> bool) -> Rc<Fresh> {
        let (settings, layouts) = (self.settings, self.layouts);
        let made = self.fresh.entry((kind, name.to_lowercase())).or_insert_with(|| {
            let fields = layout::template(kind, settings, layouts, planned);
            let shape = LayoutShape { id: 0, name: name.to_owned(), active: true, fields };
            let routes = Routes::asset(kind, &shape, settings);
            Rc::new((shape, Rc::new(routes)))
        });
        made.clone()
    }
}
