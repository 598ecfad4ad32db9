//! Fetching from the test site: manners first.

mod site;

use std::time::Duration;

use fetcher::archive;
use fetcher::{Publisher, Wish};
use site::{Reply, Site, TestClock, feed, publisher, run};

const START: &str = "2026-01-05T18:00:00Z";

fn given(urls: &[&str]) -> Wish {
    Wish { urls: urls.iter().map(|url| (*url).to_owned()).collect(), ..Wish::default() }
}

#[tokio::test]
async fn a_feed_leads_to_archived_pages() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    site.put("bao.example/robots.txt", Reply::text("user-agent: *\ndisallow: /cam/"));
    site.put(
        "bao.example/feed.rss",
        Reply::xml(&feed(&[
            ("http://bao.example/a.html", "Mon, 05 Jan 2026 08:00:00 +0700"),
            ("http://bao.example/b.html", "Mon, 05 Jan 2026 09:00:00 +0700"),
            ("http://bao.example/cam/c.html", ""),
            ("http://elsewhere.example/d.html", ""),
        ])),
    );
    site.put("bao.example/a.html", Reply::html("<p>GDP tăng 7%</p>"));
    site.put("bao.example/b.html", Reply::html("<p>CPI tăng 3%</p>"));

    let folder = tempfile::tempdir().unwrap();
    let wish = Wish { publishers: vec![publisher("bao.example")], ..Wish::default() };
    let outcome = run(folder.path(), &wish, &site.manners(&["bao.example"]), &clock).await;

    let expected = ["bao.example/robots.txt", "bao.example/feed.rss", "bao.example/b.html", "bao.example/a.html"];
    assert_eq!(site.asked(), expected, "rules first, then the newest page");
    assert_eq!((outcome.new, outcome.sources), (2, 1));
    assert_eq!(outcome.failed.get("robots"), Some(&1));
    assert_eq!(site.shortest_gap("bao.example"), Some(Duration::from_secs(2)));
    assert_eq!(site.hits()[2].headers["user-agent"], "solieu/0.1.0 (+test@solieu.example)");

    let pages: Vec<_> = archive::pages(&folder.path().join("archive")).unwrap().map(Result::unwrap).collect();
    assert_eq!(pages.len(), 4);
    let page = pages.iter().find(|page| page.url.ends_with("/a.html")).unwrap();
    assert_eq!(page.bytes, "<p>GDP tăng 7%</p>".as_bytes());
    assert_eq!(page.charset(), Some("utf-8"));
    assert_eq!(archive::page_at(&folder.path().join("archive"), &page.id).unwrap(), *page);
    for report in archive::verify(&folder.path().join("archive")).unwrap() {
        assert_eq!((report.troubles, report.responses, report.records), (vec![], 4, 13));
    }
}

#[tokio::test]
async fn robots_in_all_their_cases() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    site.put("open.example/robots.txt", Reply::status(404));
    site.put("shut.example/robots.txt", Reply::text("user-agent: *\nallow: /\nuser-agent: solieu\ndisallow: /"));
    site.put("ill.example/robots.txt", Reply::status(503));
    site.put("slow.example/robots.txt", Reply::text("user-agent: *\ncrawl-delay: 30"));
    site.put("moved.example/robots.txt", Reply::redirect("http://www.moved.example/robots.txt"));
    site.put("www.moved.example/robots.txt", Reply::text("user-agent: *\ndisallow: /x"));
    site.put("round.example/robots.txt", Reply::redirect("/robots.txt?again"));
    site.put("round.example/robots.txt?again", Reply::redirect("/robots.txt"));
    let hosts = ["open.example", "shut.example", "ill.example", "slow.example", "moved.example", "www.moved.example", "round.example"];
    for host in hosts {
        site.put(&format!("{host}/a"), Reply::html("a"));
    }
    site.put("slow.example/b", Reply::html("b"));

    let wish = given(&[
        "http://open.example/a",
        "http://shut.example/a",
        "http://ill.example/a",
        "http://slow.example/a",
        "http://slow.example/b",
        "http://moved.example/a",
        "http://moved.example/x",
        "http://round.example/a",
    ]);
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(folder.path(), &wish, &site.manners(&hosts), &clock).await;

    let mut pages: Vec<String> = site.asked().into_iter().filter(|path| !path.contains("robots")).collect();
    pages.sort();
    assert_eq!(pages, ["moved.example/a", "open.example/a", "round.example/a", "slow.example/a", "slow.example/b"]);
    assert_eq!(outcome.failed, [("robots", 2), ("robots-unreachable", 1)].into());
    assert_eq!(site.asked().iter().filter(|path| *path == "ill.example/robots.txt").count(), 3, "three attempts");
    assert_eq!(site.shortest_gap("slow.example"), Some(Duration::from_secs(30)));
    assert!(outcome.unreachable.contains("ill.example"));

    // Within a day the rules are not asked for again; those that could not be reached are.
    site.forget_hits();
    clock.set("2026-01-06T10:00:00Z");
    run(folder.path(), &wish, &site.manners(&hosts), &clock).await;
    let robots: Vec<String> = site.asked().into_iter().filter(|path| path.contains("robots")).collect();
    assert!(robots.iter().all(|path| path.starts_with("ill.") || path.starts_with("round.")), "{robots:?}");
    site.forget_hits();
    clock.set("2026-01-07T10:00:00Z");
    run(folder.path(), &wish, &site.manners(&hosts), &clock).await;
    assert!(site.asked().contains(&"open.example/robots.txt".to_owned()));
}

#[tokio::test]
async fn one_request_at_a_time_to_a_host_and_many_hosts_at_once() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    let hosts: Vec<String> = (0..8).map(|number| format!("h{number}.example")).collect();
    let names: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let urls: Vec<String> = (0..40).map(|number| format!("http://h{}.example/{number}", number % 8)).collect();
    for (number, url) in urls.iter().enumerate() {
        site.put(url.strip_prefix("http://").unwrap(), Reply::html(&format!("page {number}")));
    }
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(folder.path(), &Wish { urls, ..Wish::default() }, &site.manners(&names), &clock).await;
    assert_eq!((outcome.new, outcome.all_requests()), (40, 48));
    assert_eq!(site.most_open(), 1);
    for host in names {
        assert_eq!(site.shortest_gap(host), Some(Duration::from_secs(2)), "{host}");
    }
    let took = Duration::try_from(outcome.ended.duration_since(outcome.began)).unwrap();
    // Ten seconds; the test's clock runs ahead of answers that a busy machine is late with. One host after the other takes eighty.
    let one_by_one = Duration::from_secs(10) * 8;
    assert!(took >= Duration::from_secs(10) && took < one_by_one / 2, "hosts do not wait for each other: {took:?}");
}

#[tokio::test]
async fn retry_after_is_kept_in_both_forms_and_in_the_next_run() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    site.put("a.example/p", Reply::turns([Reply::status(429).with("retry-after", "3600"), Reply::html("p")]));
    site.put("b.example/p", Reply::turns([Reply::status(503).with("retry-after", "Mon, 05 Jan 2026 20:00:00 GMT"), Reply::html("p")]));
    site.put("c.example/p", Reply::turns([Reply::status(429).with("retry-after", "172800"), Reply::html("p")]));
    let folder = tempfile::tempdir().unwrap();
    let wish = given(&["http://a.example/p", "http://b.example/p", "http://c.example/p"]);
    let manners = site.manners(&["a.example", "b.example", "c.example"]);
    let outcome = run(folder.path(), &wish, &manners, &clock).await;
    let last = |host: &str| site.hits().iter().filter(|hit| hit.host == host).map(|hit| hit.at.to_string()).next_back().unwrap();
    assert_eq!(last("a.example"), "2026-01-05T19:00:02Z");
    assert_eq!(last("b.example"), "2026-01-05T20:00:00Z");
    assert_eq!((outcome.new, outcome.failed.get("status")), (2, Some(&1)), "c's two days are longer than the run");

    site.forget_hits();
    clock.set("2026-01-06T18:00:00Z");
    let outcome = run(folder.path(), &given(&["http://c.example/p"]), &manners, &clock).await;
    assert_eq!((site.asked(), outcome.failed.get("put-off")), (vec![], Some(&1)), "the promise holds in the next run");
    clock.set("2026-01-07T18:00:02Z");
    assert_eq!(run(folder.path(), &given(&["http://c.example/p"]), &manners, &clock).await.new, 1);
}

#[tokio::test]
async fn a_failing_host_is_left_alone() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    for number in 0..20 {
        site.put(&format!("ill.example/{number}"), Reply::status(500));
    }
    let urls = (0..20).map(|number| format!("http://ill.example/{number}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let outcome = run(folder.path(), &Wish { urls, ..Wish::default() }, &site.manners(&["ill.example"]), &clock).await;
    // Rules, five failures that open the circuit, one that tries again and opens it for good.
    assert_eq!(outcome.all_requests(), 7);
    assert_eq!(outcome.all_failed(), 20);
    assert!(outcome.unreachable.contains("ill.example"));
    let times: Vec<_> = site.hits().iter().map(|hit| hit.at).collect();
    let waits: Vec<i64> = times[1..].windows(2).map(|pair| pair[1].duration_since(pair[0]).as_secs()).collect();
    assert!((5..=10).contains(&waits[0]) && (10..=20).contains(&waits[1]) && (20..=40).contains(&waits[2]), "{waits:?}");
    assert_eq!(waits[4], 600, "{waits:?}");
}

#[tokio::test]
async fn unchanged_pages_cost_a_304_and_leave_a_revisit() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    site.put("a.example/tagged", Reply::html("one").with("etag", "\"1\""));
    site.put("a.example/dated", Reply::html("two").with("last-modified", "Mon, 05 Jan 2026 00:00:00 GMT"));
    site.put("a.example/plain", Reply::html("three"));
    let folder = tempfile::tempdir().unwrap();
    let wish = given(&["http://a.example/tagged", "http://a.example/dated", "http://a.example/plain"]);
    let manners = site.manners(&["a.example"]);
    run(folder.path(), &wish, &manners, &clock).await;
    clock.set("2026-01-06T01:00:00Z");
    let outcome = run(folder.path(), &wish, &manners, &clock).await;
    assert_eq!((outcome.new, outcome.unchanged), (0, 3));
    assert_eq!(outcome.bytes, 5, "only the page without validators is sent again");

    let entries: Vec<_> = archive::list(&folder.path().join("archive")).unwrap().map(Result::unwrap).collect();
    let revisits: Vec<_> = entries.iter().filter(|entry| entry.media_type == "warc/revisit").collect();
    assert_eq!(revisits.len(), 3);
    let found = archive::find(&folder.path().join("archive"), "http://a.example/tagged").unwrap();
    assert_eq!(found.iter().map(|entry| entry.status).collect::<Vec<_>>(), [200, 304]);
    assert_eq!(found[0].digest, found[1].digest);
    let record = archive::record_at(&folder.path().join("archive"), &found[1].id()).unwrap();
    assert_eq!(record.header("WARC-Refers-To-Date"), Some("2026-01-05T18:00:02Z"));
}

#[tokio::test]
async fn sitemaps_sections_limits_and_dry_runs() {
    let clock = TestClock::at(START);
    let site = Site::start(&clock).await;
    site.put("a.example/map.xml", Reply::xml("<sitemapindex><sitemap><loc>http://a.example/m1.xml.gz</loc><lastmod>2026-01-05T00:00:00Z</lastmod></sitemap><sitemap><loc>http://a.example/old.xml</loc><lastmod>2025-01-05T00:00:00Z</lastmod></sitemap></sitemapindex>"));
    let map = "<urlset><url><loc>http://a.example/1</loc><lastmod>2026-01-05T01:00:00Z</lastmod></url><url><loc>http://a.example/2</loc><lastmod>2026-01-05T02:00:00Z</lastmod></url><url><loc>http://a.example/3</loc><lastmod>2025-12-01</lastmod></url></urlset>";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, map.as_bytes()).unwrap();
    site.put(
        "a.example/m1.xml.gz",
        Reply::Page { status: 200, headers: vec![("content-type", "application/x-gzip".to_owned())], body: packed.finish().unwrap() },
    );
    for page in ["1", "2", "3"] {
        site.put(&format!("a.example/{page}"), Reply::html(page));
    }
    site.put("b.example/kinh-te/1", Reply::html("<a href='/gdp-tang-123456.html'>x</a><a href='/kinh-te'>y</a>"));
    site.put("b.example/kinh-te/2", Reply::html("<a href='/gdp-tang-123456.html'>x</a>"));
    site.put("b.example/gdp-tang-123456.html", Reply::html("z"));
    let a = Publisher {
        id: "a".to_owned(),
        domains: vec!["a.example".to_owned()],
        sitemaps: vec!["http://a.example/map.xml".to_owned()],
        ..Publisher::default()
    };
    let b = Publisher {
        id: "b".to_owned(),
        domains: vec!["b.example".to_owned()],
        feeds: vec!["http://b.example/gone.rss".to_owned()],
        sections: vec!["http://b.example/kinh-te/{page}".to_owned()],
        ..Publisher::default()
    };
    let wish = Wish { publishers: vec![a, b], since: Some("2026-01-01T00:00:00Z".parse().unwrap()), ..Wish::default() };
    let manners = site.manners(&["a.example", "b.example"]);
    let folder = tempfile::tempdir().unwrap();

    let dry = run(folder.path(), &Wish { dry_run: true, ..wish.clone() }, &manners, &clock).await;
    let mut planned: Vec<(&str, &str)> = dry.planned.iter().map(|plan| (plan.url.as_str(), plan.why)).collect();
    planned.sort_unstable();
    assert_eq!(
        planned,
        [
            ("http://a.example/1", "new"),
            ("http://a.example/2", "new"),
            ("http://a.example/3", "dated outside --since and --until"),
            ("http://b.example/gdp-tang-123456.html", "new")
        ]
    );
    assert_eq!((dry.new, dry.archived), (0, 0));
    assert_eq!(archive::files(&folder.path().join("archive")).unwrap().len(), 0);

    site.forget_hits();
    clock.set("2026-01-05T19:00:00Z");
    let outcome = run(folder.path(), &Wish { limit: Some(2), ..wish.clone() }, &manners, &clock).await;
    assert_eq!((outcome.new, outcome.skipped.get("over --limit")), (2, Some(&1)));
    assert!(!site.asked().contains(&"a.example/old.xml".to_owned()));
    let outcome = run(folder.path(), &wish, &manners, &clock).await;
    assert_eq!(outcome.new, 1, "the next run finishes the work");
}
