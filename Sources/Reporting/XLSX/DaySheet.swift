import Base
import CXLSXWriter

/// The queues' figures by day, or by hour, week or month, with two charts below them.
struct DaySheet {
    private struct Day {
        let start: LocalMoment
        let summary: Summary
    }

    private let days: [Day]
    private let interval: ReportInterval
    private let target: Int
    private let whole: Summary?

    var isEmpty: Bool { days.isEmpty }

    /// The sheet's name.
    var title: String {
        switch interval {
        case .hour: localized("Hours", context: "sheet")
        case .week: localized("Weeks", context: "sheet")
        case .month: localized("Months", context: "sheet")
        case .day, .total: localized("Days", context: "sheet")
        }
    }

    init(_ book: ReportBook) {
        target = book.target
        guard let result = book.byDay["queues"] else {
            (days, interval, whole) = ([], .day, nil)
            return
        }
        var starts: [LocalMoment] = []
        for row in result.rows {
            if case .moment(let start) = result.cell(row, "period_start"), starts.last != start { starts.append(start) }
        }
        days = starts.enumerated().map { place, start in
            Day(start: start, summary: Summary(result, book.waits, period: (start, place + 1)))
        }
        interval = result.window.interval
        whole = book.queues.map { Summary($0, book.waits) }
    }

    func add(to workbook: borrowing Workbook, _ sheet: Sheet) throws(ReportError) {
        let headings = [
            localized("begins"), localized("offered", context: "visits"), localized("answered", context: "visits"),
            localized("lost", context: "visits"), localized("in time"),
            localized("target"), localized("mean wait"),
        ]
        try sheet.setRow(0, height: 18)
        for (place, heading) in headings.enumerated() {
            try sheet.setColumn(place, width: place == 0 ? 18 : max(DisplayWidth.of(heading) + 4, 11))
            try sheet.write(heading, row: 0, column: place, CellStyle(look: .headingOfNumbers))
        }
        for (number, day) in days.enumerated() {
            let style = CellStyle(number: interval == .hour ? .hour : .day)
            try sheet.write(day.start.serial, row: number + 1, column: 0, style)
            try write(day.summary, to: sheet, row: number + 1, .body)
        }
        if let whole, days.count > 1 {
            try sheet.write(localized("Total"), row: days.count + 1, column: 0, CellStyle(look: .total))
            try write(whole, to: sheet, row: days.count + 1, .total)
        }
        try sheet.setFilter(firstRow: 0, lastRow: days.count, lastColumn: headings.count - 1)
        sheet.freeze(headingRow: 0, columns: 1)
        try sheet.setPaper(headingRow: 0)
        try addCharts(to: workbook, sheet)
    }

    private func write(_ summary: Summary, to sheet: Sheet, row: Int, _ look: CellStyle.Look) throws(ReportError) {
        for (place, count) in [summary.offered, summary.answered, summary.lost].enumerated() {
            try sheet.write(Double(count), row: row, column: place + 1, CellStyle(number: .grouped, look: look))
        }
        let percent = CellStyle(number: .percent, look: look)
        if let level = summary.serviceLevel {
            try sheet.write(level / 100, row: row, column: 4, percent)
        }
        try sheet.write(Double(target) / 100, row: row, column: 5, percent)
        if let wait = summary.meanWait {
            try sheet.write(wait / 86_400, row: row, column: 6, CellStyle(number: .averageDuration, look: look))
        }
    }

    /// Beside the figures, so that a page has both.
    private func addCharts(to workbook: borrowing Workbook, _ sheet: Sheet) throws(ReportError) {
        if let chart = workbook.addChart(LXW_CHART_COLUMN_STACKED) {
            setTitle(chart, localized("Calls"))
            addSeries(chart, sheet, column: "C", colour: 0x2F6FB7)
            addSeries(chart, sheet, column: "D", colour: 0xD4552B)
            try finish(chart, on: sheet, row: 1)
        }
        if let chart = workbook.addChart(LXW_CHART_LINE) {
            setTitle(chart, localized("Answered in time, and the target"))
            addSeries(chart, sheet, column: "E", colour: 0x2B845D)
            addSeries(chart, sheet, column: "F", colour: 0x1C2430, isDashed: true)
            chart_axis_set_min(chart.pointee.y_axis, 0)
            chart_axis_set_max(chart.pointee.y_axis, 1)
            chart_axis_set_major_unit(chart.pointee.y_axis, 0.2)
            chart_axis_set_num_format(chart.pointee.y_axis, "0%")
            try finish(chart, on: sheet, row: 17)
        }
    }

    private func setTitle(_ chart: UnsafeMutablePointer<lxw_chart>, _ title: String) {
        chart_title_set_name(chart, title)
        var font = lxw_chart_font()
        font.size = 11
        font.bold = 1
        chart_title_set_name_font(chart, &font)
    }

    private func finish(_ chart: UnsafeMutablePointer<lxw_chart>, on sheet: Sheet, row: Int) throws(ReportError) {
        let format =
            switch interval {
            case .hour: "hh:mm"
            case .day: "ddd d"
            case .week, .month, .total: "d mmm"
            }
        chart_axis_set_num_format(chart.pointee.x_axis, format)
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        try sheet.insert(chart, row: row, column: 8)
    }

    private func addSeries(
        _ chart: UnsafeMutablePointer<lxw_chart>,
        _ sheet: Sheet,
        column: String,
        colour: UInt32,
        isDashed: Bool = false
    ) {
        let last = days.count + 1
        let name = Sheet.quoted(sheet.name)
        guard
            let series = chart_add_series(
                chart,
                "=\(name)!$A$2:$A$\(last)",
                "=\(name)!$\(column)$2:$\(column)$\(last)"
            )
        else { return }
        chart_series_set_name(series, "=\(name)!$\(column)$1")
        var fill = lxw_chart_fill()
        fill.color = lxw_color_t(colour)
        chart_series_set_fill(series, &fill)
        var line = lxw_chart_line()
        line.color = lxw_color_t(colour)
        line.width = 2
        if isDashed { line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue) }
        chart_series_set_line(series, &line)
    }
}
