//! Linked data in a page (`application/ld+json`): what it says about the article, however it is wrapped.

use serde_json::Value;

use crate::clean::clean;

/// What linked data says.
#[derive(Clone, Debug, Default)]
pub struct Linked {
    /// Types of the things described, such as `NewsArticle`.
    pub kinds: Vec<String>,
    /// The headline.
    pub headline: Option<String>,
    /// Day or time of publication, as written.
    pub published: Option<String>,
    /// Time of the last change, as written.
    pub modified: Option<String>,
    /// Names of authors that are people or of no stated kind.
    pub authors: Vec<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Names along the breadcrumb, the page's own last.
    pub breadcrumb: Vec<String>,
    /// The address that the thing names as its own.
    pub url: Option<String>,
    /// Scripts that are no JSON.
    pub broken: u32,
}

/// How deep a graph is followed; real ones need four.
const DEPTH: usize = 8;
/// How far a list of names or keywords is read.
const MOST: usize = 200;

/// Whether a script of this type holds linked data.
pub fn is_linked(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("application/ld+json")
}

impl Linked {
    /// Adds what one script says.
    pub fn read(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
        if script.is_empty() {
            return;
        }
        match serde_json::from_str::<Value>(script).or_else(|_| serde_json::from_str(&repaired(script))) {
            Ok(value) => self.visit(&value, DEPTH),
            Err(_) => self.broken += 1,
        }
    }

    fn visit(&mut self, value: &Value, depth: usize) {
        if depth == 0 {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.visit(value, depth - 1)),
            Value::Object(map) => {
                if let Some(graph) = map.get("@graph") {
                    self.visit(graph, depth - 1);
                }
                let kinds = texts(map.get("@type"));
                if kinds.iter().any(|kind| kind == "BreadcrumbList") {
                    self.crumbs(map.get("itemListElement"), depth - 1);
                } else if kinds.iter().any(|kind| is_article(kind)) {
                    self.article(map);
                } else if kinds.iter().any(|kind| kind == "WebPage")
                    && let Some(entity) = map.get("mainEntity")
                {
                    self.visit(entity, depth - 1);
                }
                self.kinds.extend(kinds);
            }
            _ => {}
        }
    }

    fn article(&mut self, map: &serde_json::Map<String, Value>) {
        let text = |key: &str| texts(map.get(key)).into_iter().next();
        set(&mut self.headline, text("headline").or_else(|| text("name")));
        set(&mut self.published, text("datePublished").or_else(|| text("dateCreated")));
        set(&mut self.modified, text("dateModified"));
        set(&mut self.publisher, names(map.get("publisher")).into_iter().next().map(|(name, _)| name));
        set(&mut self.section, text("articleSection"));
        set(&mut self.url, text("url").or_else(|| map.get("mainEntityOfPage").and_then(address)));
        if self.authors.is_empty() {
            self.authors = names(map.get("author")).into_iter().filter(|(_, person)| *person).map(|(name, _)| name).collect();
        }
        if self.keywords.is_empty() {
            self.keywords =
                texts(map.get("keywords")).iter().flat_map(|list| list.split(',')).map(clean).filter(|word| !word.is_empty()).collect();
        }
    }

    /// The names of a breadcrumb, which some sites wrap in a list of lists.
    fn crumbs(&mut self, value: Option<&Value>, depth: usize) {
        match value {
            Some(Value::Array(values)) if depth > 0 => values.iter().for_each(|value| self.crumbs(Some(value), depth - 1)),
            Some(Value::Object(map)) => {
                let own = map.get("name").and_then(Value::as_str);
                let inner = || map.get("item").and_then(|item| item.get("name")).and_then(Value::as_str);
                if let Some(name) = own.or_else(inner) {
                    self.breadcrumb.push(clean(name));
                }
            }
            _ => {}
        }
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "Report" | "LiveBlogPosting" | "AnalysisNewsArticle")
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value.filter(|value| !value.is_empty());
    }
}

/// One string or several.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![clean(text)],
        Some(Value::Array(values)) => values.iter().take(MOST).filter_map(Value::as_str).map(clean).collect(),
        _ => Vec::new(),
    }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(url) => Some(url.clone()),
        Value::Object(map) => map.get("@id")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Names with whether each may be a person's.
fn names(value: Option<&Value>) -> Vec<(String, bool)> {
    match value {
        Some(Value::String(name)) => vec![(clean(name), true)],
        Some(Value::Array(values)) => values.iter().take(MOST).flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(map)) => {
            let person = texts(map.get("@type")).iter().all(|kind| kind == "Person");
            texts(map.get("name")).into_iter().map(|name| (name, person)).collect()
        }
        _ => Vec::new(),
    }
}

/// What browsers forgive: line breaks inside strings, a comma before a closing bracket.
fn repaired(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in script.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '\n' | '\r' | '\t' if in_string => {
                out.push(' ');
                continue;
            }
            '}' | ']' if !in_string => {
                let end = out.trim_end().len();
                if out[..end].ends_with(',') {
                    out.truncate(end - 1);
                }
            }
            _ if in_string && c.is_control() => continue,
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_of_lists_escapes_and_small_slips() {
        let mut linked = Linked::default();
        linked.read(r#"{"@type":"BreadcrumbList","itemListElement":[[{"item":{"name":"Kinh doanh"}},{"name":"V&amp;#297; m&#244;"}]]}"#);
        linked.read("{\"@graph\":[{\"@type\":[\"NewsArticle\"],\"headline\":\"Giá\nhoa\",\"author\":[{\"@type\":\"Person\",\"name\":\"An\"},{\"@type\":\"Organization\",\"name\":\"Báo\"}],}]}");
        assert_eq!(linked.breadcrumb, ["Kinh doanh", "Vĩ mô"]);
        assert_eq!(linked.headline.as_deref(), Some("Giá hoa"));
        assert_eq!(linked.authors, ["An"]);
        linked.read("{ not json");
        assert_eq!(linked.broken, 1);
    }
}
