//! What a page says about itself beside its text: `meta`, `link`, linked data, microdata.

use html5ever::local_name;
use scraper::{Html, Node as Value};

use crate::clean::clean;
use crate::dom::{self, Node, attr};
use crate::linked::{self, Linked};

/// The page's statements about itself, and the elements that every reader asks for.
#[derive(Default)]
pub struct Head<'a> {
    /// Names and contents of `meta` elements, in order.
    metas: Vec<(&'a str, &'a str)>,
    /// Linked data.
    pub linked: Linked,
    /// The address that the page names as its own.
    pub canonical: Option<&'a str>,
    /// The address that the page names as the one before it.
    pub previous: Option<&'a str>,
    /// Where its links lead.
    pub links: Vec<&'a str>,
    /// Its `title` element.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<&'a str>,
    /// Its headlines of the first rank.
    pub headlines: Vec<Node<'a>>,
    /// `time` elements and those that microdata calls the day of publication.
    pub times: Vec<Node<'a>>,
    /// Elements that microdata or links call an author.
    pub authors: Vec<Node<'a>>,
    /// The element that microdata calls the article's body.
    pub bodies: Vec<Node<'a>>,
    /// The `body` element.
    pub body: Option<Node<'a>>,
    /// How many players and embedded videos there are.
    pub players: usize,
}

impl<'a> Head<'a> {
    /// Reads every element once, and shows it to whoever else has to see all of them.
    pub fn read(html: &'a Html, mut see: impl FnMut(Node<'a>)) -> Self {
        let mut head = Self::default();
        // The tree keeps its nodes in the order in which the parser met them, and reading along it beats following links.
        for node in html.tree.nodes() {
            if let Value::Element(element) = node.value()
                && node.parent().is_some()
            {
                head.element(node, element);
                see(node);
            }
        }
        head
    }

    fn element(&mut self, node: Node<'a>, element: &'a scraper::node::Element) {
        let name = &element.name.local;
        if *name == local_name!("meta") {
            self.meta(element);
        } else if *name == local_name!("script") {
            if attr(element, &local_name!("type")).is_some_and(linked::is_linked)
                && let Some(text) = node.first_child().and_then(|child| child.value().as_text())
            {
                self.linked.read(text);
            }
        } else if *name == local_name!("a") {
            self.links.extend(dom::href(element));
        } else if *name == local_name!("link") {
            self.link(element);
        } else if *name == local_name!("title") {
            if self.title.is_none() && dom::tag(node.parent().unwrap_or(node)) != "svg" {
                self.title = node.first_child().and_then(|child| child.value().as_text()).map(|text| clean(text));
            }
        } else if *name == local_name!("h1") {
            self.headlines.push(node);
        } else if *name == local_name!("time") {
            self.times.push(node);
        } else if *name == local_name!("html") {
            self.language = attr(element, &local_name!("lang")).filter(|lang| !lang.is_empty());
        } else if *name == local_name!("body") {
            self.body = self.body.or(Some(node));
        } else if *name == local_name!("video") || *name == local_name!("iframe") {
            self.players += 1;
        }
        for (key, value) in &element.attrs {
            if key.local == local_name!("itemprop") {
                match &**value {
                    "datePublished" if *name != local_name!("meta") && *name != local_name!("time") => self.times.push(node),
                    "articleBody" => self.bodies.push(node),
                    "author" => self.authors.push(node),
                    _ => {}
                }
            } else if key.local == local_name!("rel") && &**value == "author" {
                self.authors.push(node);
            }
        }
    }

    fn link(&mut self, element: &'a scraper::node::Element) {
        let Some(href) = dom::href(element).map(str::trim).filter(|href| !href.is_empty()) else { return };
        match attr(element, &local_name!("rel")) {
            Some(rel) if rel.eq_ignore_ascii_case("canonical") => self.canonical = self.canonical.or(Some(href)),
            Some(rel) if rel.eq_ignore_ascii_case("next") => self.links.push(href),
            Some(rel) if rel.eq_ignore_ascii_case("prev") => self.previous = self.previous.or(Some(href)),
            _ => {}
        }
    }

    fn meta(&mut self, element: &'a scraper::node::Element) {
        let Some(content) = attr(element, &local_name!("content")).filter(|content| !content.trim().is_empty()) else { return };
        let names = [local_name!("property"), local_name!("name"), local_name!("itemprop")];
        for name in names {
            if let Some(name) = attr(element, &name) {
                self.metas.push((name, content));
            }
        }
    }

    /// The content of the first `meta` element with one of these names, the first name first.
    pub fn meta_of(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|wanted| self.metas_named(wanted).next())
    }

    /// The contents of all `meta` elements of a name.
    pub fn metas_named(&self, wanted: &str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, content)| content.trim())
    }

    /// The page's address as it names it.
    pub fn address(&self) -> Option<&str> {
        self.canonical.or_else(|| self.meta_of(&["og:url", "twitter:url"])).or(self.linked.url.as_deref())
    }

    /// Day and time of publication as a `meta` element states it.
    pub fn published(&self) -> Option<&'a str> {
        self.meta_of(&[
            "article:published_time",
            "pubdate",
            "datePublished",
            "og:published_time",
            "published_time",
            "publish-date",
            "publish_date",
            "DC.date.issued",
            "dcterms.created",
            "DC.Date",
            "dcterms.date",
            "date",
            "article.published",
            "parsely-pub-date",
            "sailthru.date",
            "cms-date",
        ])
    }

    /// The time of the last change as a `meta` element states it.
    pub fn modified(&self) -> Option<&'a str> {
        self.meta_of(&["article:modified_time", "lastmod", "dateModified", "og:updated_time"])
    }
}
