import Base

/// A figure in eight periods as a small line. The text beside it says the same, because the line has no scale.
struct Sparkline {
    let markup: Markup

    private static let width = 120.0
    private static let height = 26.0

    /// Empty if fewer than three periods have a figure: the text beside it compares the last two.
    ///
    /// - Parameters:
    ///   - values: The figure in each period, the oldest first; nil for those without one.
    ///   - label: The figures in words.
    init(_ values: [Double?], label: String) {
        let known = values.compactMap { $0 }
        guard let least = known.min(), let most = known.max(), known.count > 2 else {
            markup = ""
            return
        }
        let step = (Self.width - 8) / Double(values.count - 1)
        func point(_ place: Int, _ value: Double) -> (x: Double, y: Double) {
            let part = most > least ? (value - least) / (most - least) : 0.5
            return (4 + step * Double(place), Self.height - 4 - part * (Self.height - 8))
        }
        let points = values.enumerated().compactMap { place, value in value.map { point(place, $0) } }
        let line = points.map { "\($0.x),\($0.y)" as Markup }
        var end: Markup = ""
        if values.last.flatMap({ $0 }) != nil, let last = points.last {
            end = "<circle cx=\"\(last.x)\" cy=\"\(last.y)\" r=\"2.6\"/>"
        }
        markup = """
            <svg class="spark" viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(label)">\
            <title>\(label)</title><polyline points="\(Markup.joined(line, " "))"/>\(end)</svg>
            """
    }
}
