//! Lines that a page broke at a width and not where a paragraph ends.

use std::borrow::Cow;

/// So many lines go on in the next one where a text is wrapped.
const FEWEST: usize = 3;

/// No line of a wrapped text is longer.
const WIDEST: usize = 130;

/// A line of a wrapped text that is no heading and breaks off is at least so long.
const NARROWEST: usize = 40;

/// A text whose lines were broken at a width (`… tăng 8,5% (cùng kỳ năm 2024⏎tăng 8,5%)`), with a space in the place of every such break, so
/// that all other letters keep their places.
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    let lines: Vec<Line> = text.split('\n').map(Line::of).collect();
    let pairs = || lines.windows(2).map(|pair| (&pair[0], &pair[1]));
    if pairs().filter(|(line, next)| line.is_wrapped() && next.goes_on).count() < FEWEST {
        return Cow::Borrowed(text);
    }
    // (above the first line may stand nothing, so that it can be a headline)
    let joined: Vec<bool> =
        pairs().enumerate().map(|(at, (line, next))| line.breaks_off(next) && (next.goes_on || at > 0 && line.is_wrapped())).collect();
    let mut breaks = joined.into_iter();
    Cow::Owned(text.chars().map(|letter| if letter == '\n' && breaks.next() == Some(true) { ' ' } else { letter }).collect())
}

/// What a line says of the break behind it.
struct Line {
    length: usize,
    /// Whether it ends where a sentence may go on.
    open: bool,
    /// Whether it begins within a sentence.
    goes_on: bool,
    /// Whether it begins like an item of a list.
    item: bool,
}

impl Line {
    fn of(line: &str) -> Self {
        let line = line.trim();
        Self {
            length: line.chars().count(),
            open: !line.ends_with(['.', '!', '?', ':', ';', '…', '|']),
            goes_on: line.starts_with(char::is_lowercase),
            item: line.is_empty() || line.starts_with(['-', '–', '•', '+', '*', '|']),
        }
    }

    fn is_wrapped(&self) -> bool {
        self.open && (NARROWEST..=WIDEST).contains(&self.length)
    }

    fn breaks_off(&self, next: &Self) -> bool {
        self.open && self.length > 0 && self.length <= WIDEST && !next.item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_at_a_width_are_spaces() {
        let text = "Chỉ số sản xuất tháng 7 ước tăng 8,5% so với cùng kỳ năm\ntrước, trong đó ngành khai khoáng giảm mạnh nhất với mức\n2,7% \
            và ngành chế biến, chế tạo tăng nhiều nhất, đạt mức tăng\nlà 10,3% trong tháng, cao nhất từ đầu năm đến nay, theo báo cáo của\nngành.\n\n\
            Ngành điện\ntăng 4,6%.\n- Huế tăng 43%";
        let read = unwrapped(text);
        assert_eq!(read.matches('\n').count(), 3);
        assert_eq!(read.chars().count(), text.chars().count());
        assert!(read.contains("cùng kỳ năm trước") && read.contains("mức 2,7%") && read.contains("điện tăng 4,6%.\n- Huế"));
    }

    #[test]
    fn paragraphs_stay_apart() {
        let text = "Xuất khẩu tăng 5%\nkim ngạch đạt 16 tỷ USD\nGạo\n4,5\n2,1\nNhập khẩu của tỉnh đạt 1 tỷ USD trong tháng đầu năm";
        assert_eq!(unwrapped(text), text);
    }
}
