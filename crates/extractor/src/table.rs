//! Tables: what is a figure, what is layout, and what is data, with its spans resolved.

use html5ever::local_name;
use scraper::Node as Value;

use crate::dom::{self, Node, node_attr};

/// More cells than any printed table has; what is larger is cut and reported.
const MOST_CELLS: usize = 60_000;
/// More columns than any printed table has.
const MOST_COLUMNS: usize = 400;

/// What a `table` element is.
pub enum Kind<'a> {
    /// An image with its caption: the image's address, and the cells that hold captions.
    Figure(Option<&'a str>, Vec<Node<'a>>),
    /// A frame around other content.
    Layout,
    /// Data.
    Data(Grid),
}

/// A data table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Rows of cells, every row as long as the longest.
    pub rows: Vec<Vec<GridCell>>,
    /// Whether cells were left out because there are too many.
    pub cut: bool,
}

/// A cell; one that spans stands once as itself and then as copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    /// Its text.
    pub text: String,
    /// Whether it heads a row or column.
    pub header: bool,
    /// Row and column of the cell that this is a copy of.
    pub copy_of: Option<(usize, usize)>,
}

struct RawCell<'a> {
    node: Node<'a>,
    text: String,
    header: bool,
    columns: usize,
    rows: usize,
    images: usize,
    blocks: usize,
}

/// Judges a table.
pub fn read(table: Node<'_>) -> Kind<'_> {
    let Some(rows) = raw_rows(table) else { return Kind::Layout };
    let cells = || rows.iter().flatten();
    let images: usize = cells().map(|cell| cell.images).sum();
    let filled = cells().filter(|cell| !cell.text.is_empty()).count();
    let longest = cells().map(|cell| cell.text.len()).max().unwrap_or(0);
    if images > 0 && filled <= images.max(2) * 2 && longest < 1500 && cells().all(|cell| cell.images > 0 || cell.blocks < 4) {
        return figure(&rows);
    }
    let columns = rows.iter().filter(|row| row.len() > 1).count();
    let mean = cells().map(|cell| cell.text.len()).sum::<usize>() / filled.max(1);
    if rows.len() < 2 || columns * 2 < rows.len() || filled < 4 || mean > 400 || images > rows.len() {
        return Kind::Layout;
    }
    Kind::Data(grid(&rows))
}

fn figure<'a>(rows: &[Vec<RawCell<'a>>]) -> Kind<'a> {
    let image = rows.iter().flatten().find_map(|cell| first_image(cell.node));
    let captions = rows.iter().flatten().filter(|cell| !cell.text.is_empty()).map(|cell| cell.node).collect();
    Kind::Figure(image, captions)
}

fn first_image(node: Node<'_>) -> Option<&str> {
    dom::descend(node).filter(|inner| dom::tag(*inner) == "img").find_map(|img| dom::image_source(img.value().as_element()?))
}

/// The cells of a table's own rows; none if another table with several cells lies inside.
fn raw_rows(table: Node<'_>) -> Option<Vec<Vec<RawCell<'_>>>> {
    let mut rows = Vec::new();
    let mut at = table.first_child();
    let mut cells = 0;
    while let Some(node) = at {
        let name = dom::tag(node);
        match name {
            "tr" => {
                let row: Vec<RawCell> =
                    node.children().filter(|cell| matches!(dom::tag(*cell), "td" | "th")).map(raw_cell).collect::<Option<_>>()?;
                cells += row.len();
                if !row.is_empty() {
                    rows.push(row);
                }
                if cells > MOST_CELLS {
                    break;
                }
                at = dom::after(node, table);
            }
            "thead" | "tbody" | "tfoot" => at = dom::next(node, table),
            _ => at = dom::after(node, table),
        }
    }
    Some(rows)
}

fn raw_cell(node: Node<'_>) -> Option<RawCell<'_>> {
    let (mut images, mut blocks) = (0, 0);
    for inner in dom::descend(node) {
        match dom::tag(inner) {
            "table" if inner.id() != node.id() => return None,
            "img" => images += 1,
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" => blocks += 1,
            _ => {}
        }
    }
    let span = |name| node_attr(node, &name).and_then(|text| text.trim().parse::<usize>().ok()).unwrap_or(1).max(1);
    Some(RawCell {
        node,
        text: dom::line(node),
        header: dom::tag(node) == "th",
        columns: span(local_name!("colspan")).min(MOST_COLUMNS),
        rows: span(local_name!("rowspan")).min(MOST_CELLS),
        images,
        blocks,
    })
}

type Places = Vec<Vec<Option<GridCell>>>;

/// Lays the cells out, as a browser does: each takes the first free place of its row and all that it spans.
fn grid(rows: &[Vec<RawCell<'_>>]) -> Grid {
    let mut places: Places = vec![Vec::new(); rows.len()];
    let mut count = 0usize;
    let mut cut = false;
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in cells {
            while places[row].get(column).is_some_and(Option::is_some) {
                column += 1;
            }
            let below = cell.rows.min(rows.len() - row);
            count += below * cell.columns;
            if count > MOST_CELLS || column + cell.columns > MOST_COLUMNS {
                cut = true;
                break;
            }
            place(&mut places, cell, (row, column), below);
            column += cell.columns;
        }
    }
    finished(places, cut)
}

fn place(places: &mut Places, cell: &RawCell<'_>, origin: (usize, usize), below: usize) {
    let (row, column) = origin;
    for (at, line) in places.iter_mut().enumerate().skip(row).take(below) {
        if line.len() < column + cell.columns {
            line.resize(column + cell.columns, None);
        }
        for (place, slot) in line.iter_mut().enumerate().skip(column).take(cell.columns) {
            let copy_of = ((at, place) != origin).then_some(origin);
            *slot = Some(GridCell { text: cell.text.clone(), header: cell.header, copy_of });
        }
    }
}

/// Evens the rows, leaves empty ones out, and marks the first rows as headers where the page does not.
fn finished(places: Places, cut: bool) -> Grid {
    let width = places.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows: Vec<Vec<GridCell>> = places
        .into_iter()
        .map(|line| {
            let mut row: Vec<GridCell> = line.into_iter().map(Option::unwrap_or_default).collect();
            row.resize(width, GridCell::default());
            row
        })
        .collect();
    if !rows.iter().flatten().any(|cell| cell.header) {
        let first = rows.iter().position(|row| row.iter().any(|cell| is_figure(&cell.text))).unwrap_or(0);
        // A title row and two rows of column heads are the most that tables have; a table of words has none that shows.
        if (1..=3).contains(&first) {
            rows.iter_mut().take(first).flatten().for_each(|cell| cell.header = true);
        }
    }
    Grid { rows, cut }
}

/// Whether a cell holds a figure rather than words; a year alone heads a column.
fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let year = digits == 4 && letters == 0 && (text.starts_with("19") || text.starts_with("20"));
    digits > 0 && letters * 2 <= digits && !year
}

impl Grid {
    /// The table as text: rows in lines, cells between tabs; a cell that spans is printed once.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            for (column, cell) in row.iter().enumerate() {
                if column > 0 {
                    text.push('\t');
                }
                if cell.copy_of.is_none() {
                    text.push_str(&cell.text);
                }
            }
        }
        text
    }

    /// Where each printed cell stands in [`Grid::text`], in characters, by row and column.
    pub fn spans(&self) -> Vec<Vec<(u32, u32)>> {
        let mut at = 0u32;
        let mut spans: Vec<Vec<(u32, u32)>> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut line = Vec::with_capacity(row.len());
            for cell in row {
                let len = if cell.copy_of.is_none() { cell.text.chars().count() as u32 } else { 0 };
                line.push((at, at + len));
                at += len + 1;
            }
            spans.push(line);
        }
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                if let Some((from_row, from_column)) = cell.copy_of {
                    spans[row][column] = spans[from_row][from_column];
                }
            }
        }
        spans
    }
}

/// Whether a node is an element that can hold a table's caption.
pub fn caption(table: Node<'_>) -> Option<Node<'_>> {
    table.children().find(|child| matches!(child.value(), Value::Element(_)) && dom::tag(*child) == "caption")
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn data(source: &str) -> Grid {
        let html = Html::parse_document(source);
        let table = dom::descend(html.tree.root()).find(|node| dom::tag(*node) == "table").unwrap();
        match read(table) {
            Kind::Data(grid) => grid,
            _ => Grid::default(),
        }
    }

    #[test]
    fn resolves_spans_and_prints_each_cell_once() {
        let grid = data(
            "<table><tr><td rowspan=2>Mặt hàng</td><td colspan=2>Giá</td></tr><tr><td>2023</td><td>2024</td></tr>\
             <tr><td>Gạo</td><td>575</td><td> 627 </td></tr></table>",
        );
        assert_eq!(grid.text(), "Mặt hàng\tGiá\t\n\t2023\t2024\nGạo\t575\t627");
        assert_eq!(grid.rows[0][2].text, "Giá");
        assert!(grid.rows[1][0].header && !grid.rows[2][0].header);
        let text: Vec<char> = grid.text().chars().collect();
        for (cells, spans) in grid.rows.iter().zip(grid.spans()) {
            for (cell, (start, end)) in cells.iter().zip(spans) {
                assert_eq!(text[start as usize..end as usize].iter().collect::<String>(), cell.text);
            }
        }
    }

    #[test]
    fn huge_spans_are_cut() {
        let grid = data(
            "<table><tr><td colspan=100000 rowspan=100000>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr><tr><td>a</td><td>b</td></tr></table>",
        );
        assert!(grid.rows.iter().all(|row| row.len() <= MOST_COLUMNS));
    }
}
