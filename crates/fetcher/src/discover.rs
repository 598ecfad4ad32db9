//! Where addresses come from: the wish, the state, feeds, sitemaps and section pages.

use url::Url;

use crate::plan::{Kind, Publisher, Task, looks_like_article};
use crate::run::Run;
use crate::source::{self, Listed, Listing};
use crate::state::Seen;
use crate::{Failure, FetchError};

/// Indices of sitemaps within indices.
const MAX_DEPTH: u8 = 3;
/// What a section's template holds for the number of its page.
const NUMBER: &str = "{page}";

impl<'a> Run<'a> {
    /// Queues given addresses, the publishers' sources, and what earlier runs left or promised to look at again.
    pub(crate) fn queue_wishes(&mut self) -> Result<(), FetchError> {
        for text in &self.wish.urls {
            match Url::parse(text) {
                Ok(url) => {
                    let publisher = self.owner(&url).map(|publisher| publisher.id.clone());
                    self.queue(Task { is_given: true, publisher, ..Task::new(url, Kind::Page) })?;
                }
                Err(_) => self.refuse(text, &Failure::NoAddress(text.clone())),
            }
        }
        for publisher in &self.wish.publishers {
            let sources: Vec<&String> = publisher.feeds.iter().chain(&publisher.sitemaps).collect();
            self.sources.insert(publisher.id.clone(), (sources.len(), 0));
            if sources.is_empty() {
                self.queue_sections(publisher)?;
            }
            for source in sources {
                if let Ok(url) = Url::parse(source) {
                    self.queue(Task { publisher: Some(publisher.id.clone()), ..Task::new(url, Kind::Source) })?;
                }
            }
        }
        self.queue_known()
    }

    /// Pages of the state: those that are still to fetch, and those that are looked at again.
    fn queue_known(&mut self) -> Result<(), FetchError> {
        let mut known = Vec::new();
        let wish = self.wish;
        self.store.state.each_page(|url, seen| {
            let is_wished = wish.publishers.iter().any(|publisher| Some(&publisher.id) == seen.publisher.as_ref());
            let is_page = seen.content.as_ref().is_none_or(|content| content.is_page);
            if is_wished && is_page {
                known.push((url.to_owned(), seen));
            }
        })?;
        let now = self.clock.now();
        for (url, seen) in known {
            // What is settled is not queued: it may be millions. A source that says it changed queues it later.
            if crate::plan::decide(false, &seen, self.wish, &self.manners.habits, now).is_ok()
                && let Ok(url) = Url::parse(&url)
            {
                self.queue(Task { publisher: seen.publisher, via: seen.via, ..Task::new(url, Kind::Page) })?;
            }
        }
        Ok(())
    }

    /// Takes what a source lists.
    pub(crate) fn list(&mut self, task: &Task, body: &[u8], is_unchanged: bool) -> Result<(), FetchError> {
        self.outcome.sources += 1;
        if !is_unchanged {
            let listing = match task.kind {
                Kind::Section(_) => self.section(task, body)?,
                _ => source::xml(body, &task.url),
            };
            let listing = Listing { pages: self.own(task, listing.pages), ..listing };
            for page in listing.pages {
                self.queue_listed(task, &page)?;
            }
            for sitemap in listing.sitemaps {
                self.queue_sitemap(task, &sitemap)?;
            }
        }
        self.source_done(task, true)
    }

    /// The pages of a listing that are the publisher's own.
    fn own(&self, task: &Task, pages: Vec<Listed>) -> Vec<Listed> {
        let Some(publisher) = self.publisher(task) else { return pages };
        pages.into_iter().filter(|page| publisher.owns(&page.url)).collect()
    }

    fn queue_listed(&mut self, source: &Task, page: &Listed) -> Result<(), FetchError> {
        let url = page.url.as_str();
        let mut seen = self.store.state.page(url)?.unwrap_or_default();
        let before = seen.clone();
        let via = Some(source.url.to_string());
        let task = Task { publisher: source.publisher.clone(), via, ..Task::new(page.url.clone(), Kind::Page) };
        task.introduce(&mut seen, self.clock.now());
        seen.listed = page.date().or(seen.listed);
        seen.modified = page.modified.or(seen.modified);
        if seen != before {
            self.put(url, seen);
        }
        self.queue(task)
    }

    /// A sitemap of an index, unless it did not change since it was read.
    fn queue_sitemap(&mut self, index: &Task, sitemap: &Listed) -> Result<(), FetchError> {
        let seen = self.store.state.page(sitemap.url.as_str())?;
        let checked = seen.and_then(|seen| seen.checked);
        let is_read = sitemap.modified.zip(checked).is_some_and(|(modified, checked)| modified <= checked);
        let is_old = self.wish.since.zip(sitemap.modified).is_some_and(|(since, modified)| modified < since);
        let is_own = self.publisher(index).is_none_or(|publisher| publisher.owns(&sitemap.url));
        if is_read || is_old || !is_own || index.depth >= MAX_DEPTH {
            return Ok(());
        }
        let via = Some(index.url.to_string());
        let task = Task { publisher: index.publisher.clone(), via, depth: index.depth + 1, ..Task::new(sitemap.url.clone(), Kind::Source) };
        if let Some(publisher) = &task.publisher
            && let Some((left, _)) = self.sources.get_mut(publisher)
            && !self.queued.contains(sitemap.url.as_str())
        {
            *left += 1;
        }
        self.queue(task)
    }

    /// Reads a section page; its next page is asked for only if this one showed something new.
    fn section(&mut self, task: &Task, body: &[u8]) -> Result<Listing, FetchError> {
        let mut pages = Vec::new();
        let mut is_new = false;
        for url in source::links(body, &task.url) {
            if looks_like_article(&url) && self.publisher(task).is_none_or(|publisher| publisher.owns(&url)) {
                is_new |= self.store.state.page(url.as_str())?.is_none();
                pages.push(Listed { url, published: None, modified: None });
            }
        }
        if let (Kind::Section(number), Some(template), true) = (task.kind, &task.template, is_new)
            && number < self.manners.section_pages
        {
            self.queue_section(&template.clone(), number + 1, task.publisher.clone())?;
        }
        Ok(Listing { pages, ..Listing::default() })
    }

    /// A feed or sitemap is done; when none of a publisher answered, its sections are the last resort.
    pub(crate) fn source_done(&mut self, task: &Task, answered: bool) -> Result<(), FetchError> {
        if task.kind != Kind::Source {
            return Ok(());
        }
        let Some(publisher) = self.publisher(task) else { return Ok(()) };
        let Some((left, answers)) = self.sources.get_mut(&publisher.id) else { return Ok(()) };
        *left = left.saturating_sub(1);
        *answers += usize::from(answered);
        if (*left, *answers) == (0, 0) { self.queue_sections(publisher) } else { Ok(()) }
    }

    fn queue_sections(&mut self, publisher: &Publisher) -> Result<(), FetchError> {
        for section in &publisher.sections {
            self.queue_section(section, 1, Some(publisher.id.clone()))?;
        }
        Ok(())
    }

    fn queue_section(&mut self, template: &str, number: u32, publisher: Option<String>) -> Result<(), FetchError> {
        let Ok(url) = Url::parse(&template.replace(NUMBER, &number.to_string())) else { return Ok(()) };
        let template = template.contains(NUMBER).then(|| template.to_owned());
        self.queue(Task { publisher, template, ..Task::new(url, Kind::Section(number)) })
    }

    /// Queues an address once per run.
    fn queue(&mut self, mut task: Task) -> Result<(), FetchError> {
        task.url.set_fragment(None);
        if let Err(failure) = self.manners.guard.check(&task.url) {
            self.refuse(task.url.as_str(), &failure);
            return self.source_done(&task, false);
        }
        if !self.queued.insert(task.url.to_string()) {
            return Ok(());
        }
        let name = task.url.host_str().unwrap_or_default().to_owned();
        if let Some(why) = self.lane(&name).closed.clone() {
            return self.fail(&name, &task, &Failure::PutOff(why));
        }
        let seen: Option<Seen> = self.store.state.page(task.url.as_str())?;
        self.push(&name, task, seen.as_ref());
        Ok(())
    }

    /// An address that is out of the question; nothing is kept of it.
    fn refuse(&mut self, url: &str, failure: &Failure) {
        (self.watch)(&crate::outcome::Event::Failed { host: "", url, failure, again: false });
        *self.outcome.failed.entry(failure.word()).or_default() += 1;
    }

    fn owner(&self, url: &Url) -> Option<&'a Publisher> {
        self.wish.publishers.iter().find(|publisher| publisher.owns(url))
    }

    fn publisher(&self, task: &Task) -> Option<&'a Publisher> {
        let id = task.publisher.as_ref()?;
        self.wish.publishers.iter().find(|publisher| publisher.id == *id)
    }
}
