//! Profiles at work: selectors compiled once, asked only about elements that can match.
//!
//! A page has thousands of elements and a profile dozens of selectors.
//! As browsers do, each selector is filed under the id, class or name that its last part needs,
//! so that one walk over the page tests few of them on few elements.

use std::sync::OnceLock;

use html5ever::{LocalName, local_name};
use jiff::civil::Date;
use knowledge::{Layout, Publishers};
use rustc_hash::FxHashMap;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node as Value, Selector};

use crate::dom::{Node, attr};

/// What a selector of a layout is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The headline.
    Title,
    /// The lead.
    Lead,
    /// The body.
    Body,
    /// Authors.
    Author,
    /// An agency.
    Credit,
    /// Time of publication.
    Time,
    /// The page's clock.
    Clock,
    /// The section.
    Section,
    /// Tags.
    Tags,
    /// Captions.
    Caption,
    /// Related articles.
    Related,
    /// No part of the article.
    Drop,
}

const PARTS: [Part; 12] = [
    Part::Title,
    Part::Lead,
    Part::Body,
    Part::Author,
    Part::Credit,
    Part::Time,
    Part::Clock,
    Part::Section,
    Part::Tags,
    Part::Caption,
    Part::Related,
    Part::Drop,
];

/// A selector that does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSelector {
    /// The profile's id.
    pub profile: String,
    /// The selector.
    pub selector: String,
    /// What the parser says.
    pub why: String,
}

/// A selector with what it is for.
struct Rule<T> {
    what: T,
    selector: Selector,
    simple: Option<Simple>,
}

/// What is left to test of a simple selector, once its key is found.
enum Simple {
    /// `name.class`, `.class`, `#id`: the element's name, if one is asked for.
    Name(Option<LocalName>),
    /// `[attribute=value]`: the value.
    Value(LocalName, String),
}

impl Simple {
    fn new(selector: &str) -> Option<Self> {
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if let Some((name, value)) =
            selector.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(|rest| rest.split_once('='))
        {
            return (plain(name) && plain(value)).then(|| Self::Value(LocalName::from(name), value.to_owned()));
        }
        let mark = selector.find(['.', '#'])?;
        let (name, rest) = selector.split_at(mark);
        (plain(name) && plain(&rest[1..])).then(|| Self::Name((!name.is_empty()).then(|| LocalName::from(name))))
    }

    fn matches(&self, element: &Element) -> bool {
        match self {
            Self::Name(name) => name.as_ref().is_none_or(|name| *name == element.name.local),
            Self::Value(name, value) => attr(element, name) == Some(value),
        }
    }
}

/// Elements found, by selector.
struct Spotter<T> {
    rules: Vec<Rule<T>>,
    ids: FxHashMap<Box<str>, Vec<u16>>,
    classes: FxHashMap<Box<str>, Vec<u16>>,
    names: FxHashMap<LocalName, Vec<u16>>,
    attributes: FxHashMap<LocalName, Vec<u16>>,
    anywhere: Vec<u16>,
}

impl<T: Copy> Spotter<T> {
    fn new<'s>(selectors: impl Iterator<Item = (T, &'s str)>, bad: &mut Vec<(String, String)>) -> Self {
        let mut spotter = Self {
            rules: Vec::new(),
            ids: FxHashMap::default(),
            classes: FxHashMap::default(),
            names: FxHashMap::default(),
            attributes: FxHashMap::default(),
            anywhere: Vec::new(),
        };
        for (what, text) in selectors {
            match Selector::parse(text) {
                Err(error) => bad.push((text.to_owned(), error.to_string())),
                Ok(selector) => {
                    let rule = spotter.rules.len() as u16;
                    spotter.rules.push(Rule { what, selector, simple: Simple::new(text) });
                    match needed(text) {
                        Needed::Id(id) => spotter.ids.entry(id.into()).or_default().push(rule),
                        Needed::Class(class) => spotter.classes.entry(class.into()).or_default().push(rule),
                        Needed::Name(name) => spotter.names.entry(name.into()).or_default().push(rule),
                        Needed::Attribute(name) => spotter.attributes.entry(name.into()).or_default().push(rule),
                        Needed::Nothing => spotter.anywhere.push(rule),
                    }
                }
            }
        }
        spotter
    }

    /// Calls back for every selector that finds the node.
    fn test<'a>(&self, node: Node<'a>, mut found: impl FnMut(T, Node<'a>)) {
        let Value::Element(element) = node.value() else { return };
        let Some(reference) = ElementRef::wrap(node) else { return };
        let mut test = |rules: &[u16]| {
            for rule in rules {
                let rule = &self.rules[usize::from(*rule)];
                let matches = match &rule.simple {
                    Some(simple) => simple.matches(element),
                    None => rule.selector.matches(&reference),
                };
                if matches {
                    found(rule.what, node);
                }
            }
        };
        for (key, value) in &element.attrs {
            if key.local == local_name!("class") {
                value.split_ascii_whitespace().filter_map(|class| self.classes.get(class)).for_each(|rules| test(rules));
            } else if key.local == local_name!("id")
                && let Some(rules) = self.ids.get(&**value)
            {
                test(rules);
            }
            if !self.attributes.is_empty()
                && let Some(rules) = self.attributes.get(&key.local)
            {
                test(rules);
            }
        }
        if !self.names.is_empty()
            && let Some(rules) = self.names.get(&element.name.local)
        {
            test(rules);
        }
        if !element.attrs.is_empty() {
            test(&self.anywhere);
        }
    }
}

/// What an element must have for a selector to match it.
enum Needed<'s> {
    Id(&'s str),
    Class(&'s str),
    Name(&'s str),
    Attribute(&'s str),
    Nothing,
}

/// Reads the last compound of a selector; a list or a functional pseudo-class promises nothing.
fn needed(selector: &str) -> Needed<'_> {
    let mut depth = 0;
    let mut start = 0;
    for (at, c) in selector.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth -= 1,
            ',' if depth == 0 => return Needed::Nothing,
            ' ' | '>' | '+' | '~' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
    let compound = &selector[start..];
    let simple = |mark: char| {
        let from = compound.find(mark)?;
        let before_bracket = compound.find('[').is_none_or(|bracket| from < bracket);
        let rest = &compound[from + 1..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        (before_bracket && end > 0).then(|| &rest[..end])
    };
    if let Some(id) = simple('#') {
        return Needed::Id(id);
    }
    if let Some(class) = simple('.') {
        return Needed::Class(class);
    }
    let end = compound.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(compound.len());
    if end > 0 {
        return Needed::Name(&compound[..end]);
    }
    let attribute =
        compound.strip_prefix('[').map(|rest| &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len())]);
    attribute.filter(|name| !name.is_empty()).map_or(Needed::Nothing, Needed::Attribute)
}

/// Finds the parts of a layout, each with the rank of its selector.
type LayoutSpotter = Spotter<(Part, u16)>;

/// A publisher's or a family's profile, compiled when first met.
pub struct Profile {
    /// Its id.
    pub id: String,
    /// The publisher's name; a family has none.
    pub publisher: Option<String>,
    /// The province that it serves.
    pub region: Option<String>,
    layouts: Vec<(Layout, OnceLock<LayoutSpotter>)>,
}

impl Profile {
    fn new(id: &str, publisher: Option<&str>, region: Option<&str>, layouts: &[Layout]) -> Self {
        Self {
            id: id.to_owned(),
            publisher: publisher.map(str::to_owned),
            region: region.map(str::to_owned),
            layouts: layouts.iter().map(|layout| (layout.clone(), OnceLock::new())).collect(),
        }
    }

    /// The numbers of its layouts in the order in which to try them: that of the day first, then the newest.
    pub fn order(&self, day: Option<Date>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.layouts.len()).collect();
        if let Some(day) = day {
            let current = order.iter().position(|at| self.layouts[*at].0.since.is_none_or(|since| since <= day));
            if let Some(current) = current {
                let first = order.remove(current);
                order.insert(0, first);
            }
        }
        order
    }

    /// How many layouts it has.
    pub fn layouts(&self) -> usize {
        self.layouts.len()
    }

    /// Finds the parts of a page by one of the layouts.
    pub fn marks<'a>(&self, layout: usize, html: &'a Html) -> Marks<'a> {
        let (table, spotter) = &self.layouts[layout];
        let spotter = spotter.get_or_init(|| compiled(table, &mut Vec::new()));
        let mut marks = Marks::default();
        if !spotter.rules.is_empty() {
            // In the order in which the parser met them.
            html.tree.nodes().for_each(|node| spotter.test(node, |(part, rank), node| marks.found.push((part, rank, node))));
        }
        marks.found.sort_by_key(|(part, rank, _)| (*part, *rank));
        marks
    }
}

fn compiled(layout: &Layout, bad: &mut Vec<(String, String)>) -> LayoutSpotter {
    let lists = layout.lists();
    let selectors = PARTS
        .iter()
        .zip(lists)
        .flat_map(|(part, (_, list))| list.iter().enumerate().map(|(rank, text)| ((*part, rank as u16), text.as_str())));
    Spotter::new(selectors, bad)
}

/// The parts that a layout found, best selector first and in document order below that.
#[derive(Default)]
pub struct Marks<'a> {
    found: Vec<(Part, u16, Node<'a>)>,
}

impl<'a> Marks<'a> {
    /// The elements of a part, those of the most trusted selector first.
    pub fn all(&self, part: Part) -> impl Iterator<Item = Node<'a>> {
        self.found.iter().filter(move |(found, _, _)| *found == part).map(|(_, _, node)| *node)
    }

    /// The elements of a part that the first selector with a result found.
    pub fn best(&self, part: Part) -> Vec<Node<'a>> {
        let rank = self.found.iter().find(|(found, _, _)| *found == part).map(|(_, rank, _)| *rank);
        self.found.iter().filter(|(found, at, _)| *found == part && Some(*at) == rank).map(|(_, _, node)| *node).collect()
    }
}

/// Every profile, with the ways to find one.
pub struct Profiles {
    all: Vec<Profile>,
    domains: FxHashMap<String, usize>,
    families: OnceLock<Spotter<usize>>,
    marks: Vec<(usize, String)>,
}

impl Profiles {
    /// Files the profiles; selectors compile when they are first needed.
    pub fn new(publishers: &Publishers) -> Self {
        let mut profiles = Vec::new();
        let mut domains = FxHashMap::default();
        for site in &publishers.sites {
            for domain in &site.domains {
                domains.insert(domain.clone(), profiles.len());
            }
            profiles.push(Profile::new(&site.id, Some(&site.name), site.region.as_deref(), &site.layouts));
        }
        let mut marks = Vec::new();
        for family in &publishers.families {
            marks.extend(family.marks.iter().map(|mark| (profiles.len(), mark.clone())));
            profiles.push(Profile::new(&family.id, None, None, &family.layouts));
        }
        Self { all: profiles, domains, families: OnceLock::new(), marks }
    }

    /// Compiles everything and names what does not compile.
    pub fn check(&self) -> Vec<BadSelector> {
        let mut all = Vec::new();
        for profile in &self.all {
            let mut bad = Vec::new();
            for (layout, _) in &profile.layouts {
                compiled(layout, &mut bad);
            }
            all.extend(bad.into_iter().map(|(selector, why)| BadSelector { profile: profile.id.clone(), selector, why }));
        }
        let mut bad = Vec::new();
        Spotter::new(self.marks.iter().map(|(profile, mark)| (*profile, mark.as_str())), &mut bad);
        all.extend(bad.into_iter().map(|(selector, why)| BadSelector { profile: "marks".to_owned(), selector, why }));
        all
    }

    /// The profile of an address: its domain's, or that of the domain above.
    pub fn by_address(&self, url: &str) -> Option<&Profile> {
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = host.trim_start_matches('/').split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
        let mut domain = host.as_str();
        loop {
            if let Some(at) = self.domains.get(domain) {
                return self.all.get(*at);
            }
            domain = domain.split_once('.')?.1;
        }
    }

    /// Looks for the marks of families.
    pub fn families(&self) -> Families<'_> {
        let spotter =
            self.families.get_or_init(|| Spotter::new(self.marks.iter().map(|(profile, mark)| (*profile, mark.as_str())), &mut Vec::new()));
        Families { all: &self.all, spotter, count: vec![0; self.all.len()] }
    }
}

/// The marks of families that a page bears, counted element by element.
pub struct Families<'p> {
    all: &'p [Profile],
    spotter: &'p Spotter<usize>,
    count: Vec<usize>,
}

impl<'p> Families<'p> {
    /// Counts the marks of a node.
    pub fn see(&mut self, node: Node<'_>) {
        self.spotter.test(node, |profile, _| self.count[profile] += 1);
    }

    /// The profile of the family whose marks were seen most.
    pub fn most(&self) -> Option<&'p Profile> {
        let most = self.count.iter().max().copied().filter(|most| *most > 0)?;
        self.count.iter().position(|found| *found == most).map(|at| &self.all[at])
    }
}
