//! "Check connection": what works on each side, what is missing and what to do about it.

use futures::future::join_all;

use crate::halo::resource::{self, Resource};
use crate::halo::{Halo, model};
use crate::http::{ApiError, Patience, Product};
use crate::hudu::Hudu;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::settings::check::{CheckLine, Grade};
use crate::settings::{self, Settings};
use crate::sync::describe::list;
use crate::trouble::Explain;
use crate::vault::HUDU_KEY;
use crate::words::{number, say};
use crate::{many, mark, t};

/// Collects the lines of one side.
struct Lines {
    product: Product,
    lines: Vec<CheckLine>,
}

impl Lines {
    fn new(product: Product) -> Self {
        Self { product, lines: Vec::new() }
    }

    fn add(&mut self, point: &str, grade: Grade, sentence: String, remedy: Option<&str>, code: Option<&str>) {
        self.lines.push(CheckLine {
            product: self.product,
            point: point.to_owned(),
            grade,
            sentence,
            remedy: remedy.map(str::to_owned),
            code: code.map(str::to_owned),
        });
    }

    fn good(&mut self, point: &str, sentence: String) {
        self.add(point, Grade::Good, sentence, None, None);
    }

    fn warn(&mut self, point: &str, sentence: String, remedy: &str) {
        self.add(point, Grade::Warn, sentence, Some(remedy), None);
    }

    fn failed(&mut self, point: &str, grade: Grade, error: &ApiError) {
        self.add(point, grade, error.sentence(), None, Some(error.code()));
    }

    fn skip(&mut self, points: &[(&str, &str)]) {
        for (point, what) in points {
            self.add(point, Grade::Skipped, t!("{what}: not tried.", what = say(what)), None, None);
        }
    }

    /// The line for what can be seen of an area.
    fn seen(&mut self, point: &str, what: &str, count: Result<Option<i64>, ApiError>, none: &str) {
        let what = say(what);
        match count {
            Ok(Some(0)) => self.warn(point, t!("Sees no {what}.", what), none),
            Ok(Some(n)) => self.good(point, t!("Sees {n} {what}.", n = number(n.unsigned_abs()), what)),
            Ok(None) => self.good(point, t!("Can read {what}.", what)),
            Err(error) => self.failed(point, Grade::Bad, &error),
        }
    }
}

/// What the agent has to be able to read in HaloITSM: the point, its title and the list.
const AREAS: [(&str, &str, Resource); 7] = [
    ("clients", mark!("Clients"), resource::CLIENT),
    ("sites", mark!("Sites"), resource::SITE),
    ("users", mark!("Users"), resource::USERS),
    ("assets", mark!("Assets"), resource::ASSET),
    ("contracts", mark!("Contracts"), resource::CONTRACT),
    ("tickets", mark!("Tickets"), resource::TICKET),
    ("articles", mark!("Knowledge-base articles"), resource::ARTICLE),
];

impl Service {
    /// Checks both sides at the same time.
    pub(super) async fn check(&self) -> Result<Reply, ServiceError> {
        Ok(Reply::Check { lines: self.check_lines().await? })
    }

    /// The lines of the check, HaloITSM first.
    pub async fn check_lines(&self) -> Result<Vec<CheckLine>, ServiceError> {
        let settings = settings::load(self.host()).await?;
        let (halo, hudu) = futures::join!(self.check_halo(&settings), self.check_hudu(&settings));
        let mut lines = halo?;
        lines.extend(hudu?);
        Ok(lines)
    }

    async fn check_halo(&self, settings: &Settings) -> Result<Vec<CheckLine>, ServiceError> {
        let mut lines = Lines::new(Product::Halo);
        let Some(connection) = settings.connections.halo.clone() else {
            lines.failed("reachable", Grade::Bad, &ApiError::NotConnected(Product::Halo));
            return Ok(lines.lines);
        };
        let origin = connection.origin.clone();
        // The clients that are at work already, so that all requests share one count and one token.
        let halo = match self.sides().await {
            Ok(sides) => sides.halo,
            Err(_) => {
                let secrets = self.secrets_of(&connection);
                Halo::new(self.host().clone(), connection, secrets, settings.rates.halo, Patience::INTERACTIVE)
            }
        };
        match halo.me().await {
            Ok(me) => {
                lines.good("reachable", t!("{origin} answers.", origin));
                let name = me.name.unwrap_or_else(|| t!("agent {id}", id = me.id));
                lines.good("signed_in", t!("Signed in as {name} (agent).", name));
            }
            Err(error @ ApiError::Forbidden { .. }) => {
                lines.good("reachable", t!("{origin} answers.", origin));
                lines.failed("signed_in", Grade::Warn, &error);
            }
            Err(error) => {
                let reached = !matches!(
                    error,
                    ApiError::NotPermitted { .. }
                        | ApiError::Unreachable { .. }
                        | ApiError::NotAnApi { .. }
                        | ApiError::ServerFault { .. }
                        | ApiError::Unreadable { .. }
                );
                if reached {
                    lines.good("reachable", t!("{origin} answers.", origin));
                    lines.failed("signed_in", Grade::Bad, &error);
                } else {
                    lines.failed("reachable", Grade::Bad, &error);
                    lines.skip(&[("signed_in", mark!("Signing in"))]);
                }
                lines.skip(&[("version", mark!("Version"))]);
                lines.skip(&AREAS.map(|(point, title, _)| (point, title)));
                return Ok(lines.lines);
            }
        }
        let counts = AREAS.iter().map(|(_, _, resource)| halo.count(*resource, &[]));
        let (instance, counts) = futures::join!(halo.instance(), join_all(counts));
        match instance {
            Ok(info) => {
                let name = info.app_name.unwrap_or_else(|| "HaloITSM".to_owned());
                lines.good("version", format!("{name} {}.", info.version.unwrap_or_default()).replace(" .", "."));
            }
            Err(error) => lines.failed("version", Grade::Warn, &error),
        }
        let rights = &t!(
            "In Halo, open Configuration › Integrations › Halo API › the application, and give it and its agent the right to read this area."
        );
        for ((point, _, resource), count) in AREAS.into_iter().zip(counts) {
            if resource.path != resource::ASSET.path {
                lines.seen(point, resource.many, count, rights);
                continue;
            }
            let none = matches!(count, Ok(Some(0)));
            lines.seen(point, resource.many, count, &t!("Look at the next line: asset groups are the usual reason."));
            self.check_groups(&halo, none, &mut lines).await;
        }
        Ok(lines.lines)
    }

    /// Without access to an asset group Halo answers empty lists, not errors.
    async fn check_groups(&self, halo: &Halo, no_assets: bool, lines: &mut Lines) {
        let groups: Vec<model::AssetGroup> =
            match halo.list(resource::ASSET_GROUP, &[("includetypesforgroups", "true")]).await {
                Ok(groups) => groups,
                Err(error) => return lines.failed("asset_groups", Grade::Warn, &error),
            };
        let mut hidden = Vec::new();
        let mut shown = 0;
        for group in &groups {
            let name = group.name.clone().unwrap_or_else(|| t!("group {id}", id = group.id));
            let id = group.id.to_string();
            match halo.count(resource::ASSET, &[("assetgroup_id", id.as_str())]).await {
                Ok(Some(0)) => hidden.push(format!("“{name}”")),
                Ok(_) => shown += 1,
                Err(error) => return lines.failed("asset_groups", Grade::Warn, &error),
            }
        }
        let remedy = &t!(
            "In Halo, open Configuration › Asset Management › Asset Groups, edit each group named here and add the API agent under Access Control. If a group really is empty, there is nothing to do."
        );
        match (hidden.as_slice(), shown) {
            ([], 0) => lines.warn("asset_groups", t!("Halo names no asset groups."), remedy),
            ([], n) => lines.good("asset_groups", t!("All {n} asset groups show assets.", n)),
            (names, _) => {
                let grade = if no_assets { Grade::Bad } else { Grade::Warn };
                let sentence = many!(
                    names.len(),
                    "No assets are visible in the asset group {names}, though Halo has the asset types: the API agent probably lacks access.",
                    "No assets are visible in {n} asset groups ({names}), though Halo has the asset types: the API agent probably lacks access.",
                    names = list(names)
                );
                lines.add("asset_groups", grade, sentence, Some(remedy), Some("halo.asset_group_access"));
            }
        }
    }

    async fn check_hudu(&self, settings: &Settings) -> Result<Vec<CheckLine>, ServiceError> {
        let mut lines = Lines::new(Product::Hudu);
        let (connection, key) = (settings.connections.hudu.clone(), self.vault().get(HUDU_KEY).await?);
        let (Some(connection), Some(key)) = (connection, key) else {
            lines.failed("reachable", Grade::Bad, &ApiError::NotConnected(Product::Hudu));
            return Ok(lines.lines);
        };
        let origin = connection.origin.clone();
        let hudu = match self.sides().await {
            Ok(sides) => sides.hudu,
            Err(_) => Hudu::new(self.host().clone(), connection, key, settings.rates.hudu, Patience::INTERACTIVE),
        };
        let rest = [
            ("version", mark!("Version")),
            ("companies", mark!("Companies")),
            ("layouts", mark!("Asset layouts")),
            ("assets", mark!("Assets")),
            ("articles", mark!("Articles")),
            ("passwords", mark!("Passwords")),
        ];
        let companies = match hudu.companies().await {
            Ok(companies) => companies,
            Err(error @ (ApiError::BadKey | ApiError::Forbidden { .. })) => {
                lines.good("reachable", t!("{origin} answers.", origin));
                lines.failed("signed_in", Grade::Bad, &error);
                lines.skip(&rest);
                return Ok(lines.lines);
            }
            Err(error) => {
                lines.failed("reachable", Grade::Bad, &error);
                lines.skip(&[("signed_in", mark!("API key"))]);
                lines.skip(&rest);
                return Ok(lines.lines);
            }
        };
        lines.good("reachable", t!("{origin} answers.", origin));
        lines.good("signed_in", t!("The API key is accepted."));
        let (info, layouts) = futures::join!(hudu.api_info(), hudu.layouts());
        match info {
            Ok(info) => lines.good("version", format!("Hudu {}.", info.version.unwrap_or_default())),
            Err(error) => lines.failed("version", Grade::Warn, &error),
        }
        let count = i64::try_from(companies.len()).ok();
        lines.seen("companies", mark!("companies"), Ok(count), &t!("A key that is limited to one company sees only that one. Make a key without that limit under Admin › API Keys."));
        match layouts {
            Ok(layouts) => {
                let wanted =
                    [&settings.sync.sites_layout, &settings.sync.people_layout, &settings.sync.contracts_layout];
                let missing: Vec<String> = wanted
                    .into_iter()
                    .filter(|name| {
                        !layouts.iter().any(|l| l.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name)))
                    })
                    .map(|name| format!("“{name}”"))
                    .collect();
                if missing.is_empty() {
                    lines.good("layouts", many!(layouts.len(), "Sees {n} asset layout.", "Sees {n} asset layouts."));
                } else {
                    let sentence = t!("Hudu has no asset layout {missing}.", missing = list(&missing));
                    lines.warn("layouts", sentence, &t!("Choose other layouts under Sync, or let Sidelight make them: each plan says so before it does."));
                }
            }
            Err(error) => lines.failed("layouts", Grade::Bad, &error),
        }
        if let Some(company) = companies.iter().find(|company| !company.archived) {
            let id = company.id;
            let (assets, articles, passwords) =
                futures::join!(hudu.company_assets(id), hudu.articles(id), hudu.passwords(id));
            let readable = |lines: &mut Lines, point, what: &str, error: Option<ApiError>| match error {
                None => lines.good(point, t!("Can read {what}.", what = say(what))),
                Some(error) => lines.failed(point, Grade::Warn, &error),
            };
            readable(&mut lines, "assets", mark!("assets"), assets.err());
            readable(&mut lines, "articles", mark!("articles"), articles.err());
            readable(&mut lines, "passwords", mark!("passwords"), passwords.err());
        } else {
            lines.skip(&rest[3..]);
        }
        Ok(lines.lines)
    }
}
