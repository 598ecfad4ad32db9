//! Three simulated nights: the right archive, state and dataset, with the exact number of requests each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod site;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use fetcher::archive::{self, Page};
use fetcher::{Built, Ending, Event, FetchError, Night, Publisher, Reading, StageError, Stages, Store, Wish, nightly};
use site::{Reply, Site, TestClock, feed, publisher};

/// A reader and a dataset of the test's own: the text of every page, by address.
struct Texts {
    dataset: BTreeMap<String, String>,
    before: BTreeMap<String, String>,
    version: &'static str,
    read: Vec<String>,
}

impl Texts {
    fn new() -> Self {
        Self { dataset: BTreeMap::new(), before: BTreeMap::new(), version: "reader-1", read: Vec::new() }
    }
}

impl Stages for Texts {
    fn reader(&self) -> String {
        self.version.to_owned()
    }

    fn read(&mut self, pages: &mut dyn Iterator<Item = Page>) -> Result<Vec<Reading>, StageError> {
        let mut readings = Vec::new();
        for page in pages {
            let text = String::from_utf8(page.bytes)?;
            let refused = !text.contains("<p>");
            self.read.push(page.url.clone());
            if !refused {
                self.dataset.insert(page.url.clone(), text);
            }
            readings.push(Reading { url: page.url, refused });
        }
        Ok(readings)
    }

    fn build(&mut self) -> Result<Built, StageError> {
        let changed = self.dataset != self.before;
        self.before.clone_from(&self.dataset);
        Ok(Built { rows: self.dataset.len() as u64, changed })
    }
}

async fn night(folder: &Path, site: &Site, wish: &Wish, stages: &mut Texts, reread: bool) -> Night {
    site.forget_hits();
    stages.read.clear();
    let mut store = Store::open(folder, "c@example.com", 1 << 30).unwrap();
    let manners = site.manners(&["a.example", "b.example"]);
    nightly(&mut store, wish, &manners, reread, stages, &*site.clock, &mut |_: &Event<'_>| {}).await.unwrap()
}

fn requests(night: &Night) -> Vec<(&str, u64)> {
    night.fetch.requests.iter().map(|(host, count)| (host.as_str(), *count)).collect()
}

#[tokio::test]
async fn three_nights() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let folder = tempfile::tempdir().unwrap();
    let b = Publisher {
        id: "b".to_owned(),
        domains: vec!["b.example".to_owned()],
        sitemaps: vec!["http://b.example/map.xml".to_owned()],
        min_gap: Some(Duration::from_secs(7)),
        ..Publisher::default()
    };
    let wish = Wish { publishers: vec![publisher("a.example"), b], ..Wish::default() };
    let mut texts = Texts::new();

    // The first night: two pages on each, one of them no article.
    site.put("a.example/robots.txt", Reply::text("user-agent: *\ncrawl-delay: 4"));
    site.put("a.example/feed.rss", Reply::xml(&feed(&[("http://a.example/1", ""), ("http://a.example/2", "")])).with("etag", "\"f1\""));
    site.put("a.example/1", Reply::html("<p>một</p>").with("etag", "\"1\""));
    site.put("a.example/2", Reply::html("<p>hai</p>").with("etag", "\"2\""));
    let map = |last: &str| {
        format!(
            "<urlset><url><loc>http://b.example/3</loc><lastmod>{last}</lastmod></url><url><loc>http://b.example/4</loc><lastmod>2026-01-01</lastmod></url></urlset>"
        )
    };
    site.put("b.example/map.xml", Reply::xml(&map("2026-01-05T10:00:00Z")));
    site.put("b.example/3", Reply::html("<p>ba</p>"));
    site.put("b.example/4", Reply::html("<video>"));
    let first = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!(
        first.to_string(),
        "some pages refused: 4 new, 0 changed and 0 unchanged pages by 8 requests to 2 hosts; 4 read, 1 refused; 3 rows"
    );
    assert_eq!(requests(&first), [("a.example", 4), ("b.example", 4)]);
    assert_eq!(site.shortest_gap("a.example"), Some(Duration::from_secs(4)), "robots.txt asks for more than the profile");
    assert_eq!(site.shortest_gap("b.example"), Some(Duration::from_secs(7)), "the profile asks for more than robots.txt");

    // The second: the feed is unchanged, one page changed without a word, one by its sitemap, and one is new.
    site.clock.set("2026-01-06T17:00:00Z");
    site.put("a.example/2", Reply::html("<p>hai, sửa</p>").with("etag", "\"2b\""));
    let new = map("2026-01-06T10:00:00Z").replace("</urlset>", "<url><loc>http://b.example/5</loc></url></urlset>");
    site.put("b.example/map.xml", Reply::xml(&new));
    site.put("b.example/3", Reply::html("<p>ba, sửa</p>"));
    site.put("b.example/5", Reply::html("<p>năm</p>"));
    let second = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!(requests(&second), [("a.example", 3), ("b.example", 3)], "{:?}", site.asked());
    assert_eq!((second.fetch.new, second.fetch.changed, second.fetch.unchanged), (1, 2, 1));
    texts.read.sort();
    assert_eq!(texts.read, ["http://a.example/2", "http://b.example/3", "http://b.example/5"], "only what is new or changed is read");
    assert_eq!((second.ending, second.dataset.rows), (Ending::Well, 4));

    // The third: nothing happened; pages are still young enough to be looked at, and the rules are a day old.
    site.clock.set("2026-01-07T18:00:00Z");
    let third = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!(requests(&third), [("a.example", 4), ("b.example", 3)], "{:?}", site.asked());
    assert_eq!((third.ending, third.read, third.fetch.unchanged), (Ending::NothingNew, 0, 3));
    assert_eq!(third.dataset, Built { rows: 4, changed: false });

    // Weeks later everything is settled: the rules and the sources are all that is asked for.
    site.clock.set("2026-02-01T18:00:00Z");
    let later = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!(requests(&later), [("a.example", 2), ("b.example", 2)], "{:?}", site.asked());
    let reread = {
        texts.version = "reader-2";
        night(folder.path(), &site, &wish, &mut texts, true).await
    };
    assert_eq!((reread.read, reread.refused, reread.ending), (5, 1, Ending::SomeRefused), "a newer reader reads all again if asked");

    // The archive tells each night's story, and proves it.
    let archive_folder = folder.path().join("archive");
    let story = |url: &str| {
        let entries = archive::find(&archive_folder, url).unwrap();
        entries.iter().map(|entry| format!("{} {}", entry.at.strftime("%d"), entry.media_type)).collect::<Vec<_>>()
    };
    assert_eq!(story("http://a.example/2"), ["05 text/html", "06 text/html", "07 warc/revisit"]);
    assert_eq!(story("http://a.example/1"), ["05 text/html", "06 warc/revisit", "07 warc/revisit"]);
    assert_eq!(story("http://b.example/3"), ["05 text/html", "06 text/html"]);
    for report in archive::verify(&archive_folder).unwrap() {
        assert_eq!(report.troubles, Vec::<String>::new(), "{}", report.file);
    }
}

#[tokio::test]
async fn an_unreachable_source_is_told_and_is_no_success() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let folder = tempfile::tempdir().unwrap();
    site.put("a.example/feed.rss", Reply::xml(&feed(&[("http://a.example/1", "")])));
    site.put("a.example/1", Reply::html("<p>một</p>"));
    let mut texts = Texts::new();
    let wish = Wish { publishers: vec![publisher("a.example")], ..Wish::default() };
    let well = night(folder.path(), &site, &wish, &mut texts, false).await;
    let health = folder.path().join("last-success.json");
    let metrics = folder.path().join("solieu.prom");
    fetcher::write_last_success(&health, &well).unwrap();
    fetcher::write_metrics(&metrics, &well).unwrap();
    let said = std::fs::read_to_string(&health).unwrap();
    assert!(said.contains(r#""ending":"well","new":1"#), "{said}");
    let text = std::fs::read_to_string(&metrics).unwrap();
    assert!(text.contains("solieu_pages{outcome=\"new\"} 1\n") && text.contains("solieu_requests{host=\"a.example\"} 3\n"), "{text}");
    assert!(serde_json::from_str::<serde_json::Value>(&well.json()).is_ok() && !well.json().contains('\n'));

    site.clock.set("2026-01-07T18:00:00Z");
    site.put("a.example/robots.txt", Reply::status(500));
    let ill = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!((ill.ending, ill.fetch.all_requests()), (Ending::Unreachable, 3));
    fetcher::write_last_success(&health, &ill).unwrap();
    assert_eq!(std::fs::read_to_string(&health).unwrap(), said, "the last success stays the last success");

    // A host that answers while its sources are gone is reached, and yet nothing could be new.
    site.clock.set("2026-01-09T18:00:00Z");
    site.put("a.example/robots.txt", Reply::status(404));
    site.put("a.example/feed.rss", Reply::status(404));
    let moved = night(folder.path(), &site, &wish, &mut texts, false).await;
    assert_eq!((moved.fetch.unreachable.len(), moved.fetch.sources), (0, 0));
    fetcher::write_last_success(&health, &moved).unwrap();
    assert_eq!(std::fs::read_to_string(&health).unwrap(), said, "a night without a source is no success");
}

#[tokio::test]
async fn the_second_of_two_nights_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let first = Store::open(folder.path(), "c", 1 << 30).unwrap();
    assert!(matches!(Store::open(folder.path(), "c", 1 << 30), Err(FetchError::Locked { .. })));
    drop(first);
    Store::open(folder.path(), "c", 1 << 30).unwrap();
}

#[tokio::test]
async fn a_night_that_runs_out_of_time_or_budget_is_finished_by_the_next() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let folder = tempfile::tempdir().unwrap();
    let urls: Vec<String> = (0..10).map(|number| format!("http://a.example/{number}")).collect();
    let items: Vec<(&str, &str)> = urls.iter().map(|url| (url.as_str(), "")).collect();
    site.put("a.example/feed.rss", Reply::xml(&feed(&items)).with("etag", "\"f\""));
    for number in 0..10 {
        site.put(&format!("a.example/{number}"), Reply::html("<p>x</p>"));
    }
    let wish = Wish { publishers: vec![publisher("a.example")], ..Wish::default() };
    let mut manners = site.manners(&["a.example"]);
    manners.longest = Duration::from_secs(11);
    let outcome = site::run(folder.path(), &wish, &manners, &site.clock).await;
    assert_eq!((outcome.new, outcome.failed.get("put-off")), (4, Some(&6)));
    site.clock.set("2026-01-05T20:00:00Z");
    (manners.longest, manners.budget) = (Duration::from_secs(3600), 3);
    manners.habits.recheck = Duration::ZERO;
    let outcome = site::run(folder.path(), &wish, &manners, &site.clock).await;
    assert_eq!((outcome.new, outcome.failed.get("put-off")), (2, Some(&4)), "the feed is unchanged, the state remembers");
    manners.budget = 100;
    site.clock.set("2026-01-05T21:00:00Z");
    assert_eq!(site::run(folder.path(), &wish, &manners, &site.clock).await.new, 4);
}
