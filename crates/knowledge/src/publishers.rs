//! Publishers' profiles: families of content management systems first, sites second.
//!
//! A family says how its pages are recognised and where their parts stand; a site names its family and what it does differently.
//! Both hold layouts, newest first: a redesign adds one on top, and the archive stays readable.
//! Selectors are CSS; this crate carries them as text, and the reader of pages compiles them.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Deserialize;

use crate::{Files, KnowledgeError};

const FAMILIES: &str = "publishers/families";
const SITES: &str = "publishers/sites";
const CUES: &str = "publishers/cues.toml";

/// Every profile, checked.
#[derive(Clone, Debug, Default)]
pub struct Publishers {
    /// Families in order of id.
    pub families: Vec<Family>,
    /// Sites in order of id.
    pub sites: Vec<Site>,
    /// Words that pages have in common.
    pub cues: Cues,
}

/// A content management system that serves several sites.
#[derive(Clone, Debug)]
pub struct Family {
    /// The name of its file.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Selectors; a page where one of them finds something is this family's.
    pub marks: Vec<String>,
    /// Layouts, newest first.
    pub layouts: Vec<Layout>,
}

/// A publisher.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name of its file.
    pub id: String,
    /// The publisher's name.
    pub name: String,
    /// Its domains; a subdomain belongs to it too.
    pub domains: Vec<String>,
    /// Its family.
    pub family: Option<String>,
    /// The province that it serves, as a region id.
    pub region: Option<String>,
    /// Feeds that list its pages.
    pub feeds: Vec<String>,
    /// Its sitemaps, or indices of them.
    pub sitemaps: Vec<String>,
    /// Its section pages, for where neither feed nor sitemap answers; `{page}` stands for the number of the page.
    pub sections: Vec<String>,
    /// The least time between two requests to it; robots.txt can only make it longer.
    pub min_gap: Option<SignedDuration>,
    /// Layouts, newest first: the site's own before its family's, with what both say joined.
    pub layouts: Vec<Layout>,
}

/// Where the parts of a page stand: CSS selectors, the most trusted first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// The first day on which the site used it.
    pub since: Option<Date>,
    /// The headline.
    pub title: Vec<String>,
    /// The lead (sapo).
    pub lead: Vec<String>,
    /// The element that holds the article's text.
    pub body: Vec<String>,
    /// Names of authors.
    pub author: Vec<String>,
    /// The agency or paper that the text is credited to.
    pub credit: Vec<String>,
    /// Day and time of publication.
    pub time: Vec<String>,
    /// The page's own clock.
    pub clock: Vec<String>,
    /// The section.
    pub section: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Captions of images.
    pub caption: Vec<String>,
    /// Boxes with links to other articles.
    pub related: Vec<String>,
    /// What is no part of the article.
    pub drop: Vec<String>,
}

impl Layout {
    /// Each list of selectors with its key in the table.
    pub fn lists(&self) -> [(&'static str, &[String]); 12] {
        [
            ("title", &self.title),
            ("lead", &self.lead),
            ("body", &self.body),
            ("author", &self.author),
            ("credit", &self.credit),
            ("time", &self.time),
            ("clock", &self.clock),
            ("section", &self.section),
            ("tags", &self.tags),
            ("caption", &self.caption),
            ("related", &self.related),
            ("drop", &self.drop),
        ]
    }

    /// This layout with a family's selectors after its own.
    fn over(&self, family: &Self) -> Self {
        let join = |own: &[String], shared: &[String]| {
            let mut all = own.to_vec();
            all.extend(shared.iter().filter(|selector| !own.contains(selector)).cloned());
            all
        };
        Self {
            since: self.since.or(family.since),
            title: join(&self.title, &family.title),
            lead: join(&self.lead, &family.lead),
            body: join(&self.body, &family.body),
            author: join(&self.author, &family.author),
            credit: join(&self.credit, &family.credit),
            time: join(&self.time, &family.time),
            clock: join(&self.clock, &family.clock),
            section: join(&self.section, &family.section),
            tags: join(&self.tags, &family.tags),
            caption: join(&self.caption, &family.caption),
            related: join(&self.related, &family.related),
            drop: join(&self.drop, &family.drop),
        }
    }
}

/// Words by which pages show what a piece of them is, whoever published them.
///
/// They are compared in lower case, from the start of a line unless the field says otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Titles of boxes that list other articles: `tin cùng chuyên mục`.
    pub related_titles: Vec<String>,
    /// Beginnings of the titles of such boxes between paragraphs: `most read in`.
    pub box_titles: Vec<String>,
    /// What stands before a link to another article: `xem thêm:`.
    pub related_prefixes: Vec<String>,
    /// What a caption says anywhere about its image: `ảnh:`.
    pub photo: Vec<String>,
    /// What stands before an author's name: `bài và ảnh:`.
    pub byline_prefixes: Vec<String>,
    /// What stands before those who helped an author: designers, photographers.
    pub helper_prefixes: Vec<String>,
    /// What stands before an agency or paper: `theo`.
    pub credit_prefixes: Vec<String>,
    /// Words that no person's name has: `báo`, `ttxvn`.
    pub not_names: Vec<String>,
    /// What stands after a name: `tổng hợp`.
    pub name_suffixes: Vec<String>,
    /// Lines that are no part of an article: `chia sẻ`.
    pub furniture: Vec<String>,
    /// How people are addressed before their names: `ông`, `bà`.
    pub honorifics: Vec<String>,
    /// What tells that someone speaks: `cho biết`; a caption has none of them.
    pub speech: Vec<String>,
    /// Parts of class names and ids of what is no part of an article: `comments`, `sidebar`.
    pub furniture_names: Vec<String>,
    /// Beginnings of such parts: `footer…`.
    pub furniture_stems: Vec<String>,
    /// Parts of class names of leads.
    pub lead_names: Vec<String>,
    /// What the class names of elements that name authors hold anywhere: `byline`.
    pub author_classes: Vec<String>,
    /// The same of elements whose authors are not the article's: quotations, comments, photographs.
    pub quoted_classes: Vec<String>,
    /// Parts of class names of captions.
    pub caption_names: Vec<String>,
    /// Parts of class names and ids of what holds an article: `entry`, `story`.
    pub body_names: Vec<String>,
    /// What notices to readers say, anywhere in a short paragraph: `sign up for`.
    pub notices: Vec<String>,
    /// What stands before a page's day of publication.
    pub time_prefixes: Vec<String>,
    /// What stands before the day of the last change: `cập nhật lúc`.
    pub modified_prefixes: Vec<String>,
    /// Titles of pages that tell of an error: `không tìm thấy trang`.
    pub error_titles: Vec<String>,
    /// Sentences with which a wall asks readers to log in or pay.
    pub wall: Vec<String>,
    /// Titles of pages that list search results.
    pub search_titles: Vec<String>,
    /// Folders, and labels in front of a host, under which a site keeps other forms of its pages: `amp`.
    pub variant_folders: Vec<String>,
    /// Endings of the names of such pages: `.amp`.
    pub variant_endings: Vec<String>,
    /// Parameters of addresses, with or without a value, that lead to no other article: `view=print`, `fbclid`.
    pub variant_parameters: Vec<String>,
    /// What stands before the number of a page, as a parameter or in a path: `trang`.
    pub page_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyTable {
    name: String,
    marks: Vec<String>,
    layout: Vec<Layout>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteTable {
    name: String,
    domains: Vec<String>,
    family: Option<String>,
    region: Option<String>,
    #[serde(default)]
    feeds: Vec<String>,
    #[serde(default)]
    sitemaps: Vec<String>,
    #[serde(default)]
    sections: Vec<String>,
    min_gap: Option<SignedDuration>,
    #[serde(default)]
    layout: Vec<Layout>,
}

impl Publishers {
    /// Reads and checks the tables.
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let families: Vec<Family> = files
            .tables_in::<FamilyTable>(FAMILIES)?
            .into_iter()
            .map(|(id, table)| Family { id, name: table.name, marks: table.marks, layouts: table.layout })
            .collect();
        let mut sites = Vec::new();
        let mut domains: BTreeMap<String, String> = BTreeMap::new();
        for (id, table) in files.tables_in::<SiteTable>(SITES)? {
            let file = format!("{SITES}/{id}.toml");
            for domain in &table.domains {
                if let Some(first) = domains.insert(domain.clone(), id.clone()) {
                    let line = files.line_of(&file, domain);
                    return Err(KnowledgeError::Twice { file, line, what: domain.clone(), first });
                }
            }
            let layouts = match &table.family {
                None => table.layout,
                Some(name) => {
                    let family = families.iter().find(|family| family.id == *name).ok_or_else(|| KnowledgeError::UnknownId {
                        line: files.line_of(&file, &format!("\"{name}\"")),
                        file: file.clone(),
                        id: name.clone(),
                    })?;
                    joined(&table.layout, &family.layouts)
                }
            };
            if layouts.is_empty() {
                return Err(KnowledgeError::Malformed { file, line: 1, why: "a site needs a family or a layout".to_owned() });
            }
            sites.push(Site {
                id,
                name: table.name,
                domains: table.domains,
                family: table.family,
                region: table.region,
                feeds: table.feeds,
                sitemaps: table.sitemaps,
                sections: table.sections,
                min_gap: table.min_gap,
                layouts,
            });
        }
        Ok(Self { families, sites, cues: files.table(CUES)? })
    }

    /// The same words, and no profile at all: every page is read by its shape alone.
    #[must_use]
    pub fn generic(&self) -> Self {
        Self { families: Vec::new(), sites: Vec::new(), cues: self.cues.clone() }
    }
}

/// A site's layouts, each over its family's newest, and then the family's older ones.
fn joined(own: &[Layout], family: &[Layout]) -> Vec<Layout> {
    let Some(newest) = family.first() else { return own.to_vec() };
    if own.is_empty() {
        return family.to_vec();
    }
    own.iter().map(|layout| layout.over(newest)).chain(family.iter().skip(1).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn built_in_profiles_cover_many_sites() {
        let known = Knowledge::load(None).unwrap();
        assert!(known.publishers.sites.len() >= 40, "{} sites", known.publishers.sites.len());
        assert!(known.publishers.families.iter().all(|family| !family.layouts.is_empty()));
    }

    #[test]
    fn a_sites_selectors_come_before_its_familys() {
        let own = Layout { title: vec!["h1.own".into()], ..Layout::default() };
        let family = Layout { title: vec!["h1.shared".into()], drop: vec![".ad".into()], ..Layout::default() };
        let joined = joined(&[own], &[family]);
        assert_eq!(joined[0].title, ["h1.own", "h1.shared"]);
        assert_eq!(joined[0].drop, [".ad"]);
    }
}
