import Base
import DemoCentre
import Glibc

/// Writes the fortnight of the demo into a folder.
///
///     demo-centre [--end DATE] [--seed N] FOLDER
///
/// Without a date it ends with the last Sunday. The same date and seed always make the same files.
@main
struct DemoCentreProgram {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let today = CalendarDay(daysSinceEpoch: Int(Moment.now.wholeSeconds / 86_400))
        var end = CalendarDay(daysSinceEpoch: today.daysSinceEpoch - today.weekday - 1)
        var seed: UInt64 = 1
        if let value = option("--end", in: &arguments) {
            guard let day = CalendarDay(value), day.isReal, day.weekday == 6 else {
                fail("--end needs a Sunday, such as 2026-11-01.")
            }
            end = day
        }
        if let value = option("--seed", in: &arguments) {
            guard let number = UInt64(value) else { fail("--seed needs a whole number.") }
            seed = number
        }
        guard arguments.count == 1, !arguments[0].hasPrefix("-") else {
            fail("Usage: demo-centre [--end DATE] [--seed N] FOLDER")
        }
        write(Centre(lastDay: end, seed: seed), to: arguments[0])
    }

    private static func write(_ centre: Centre, to folder: String) {
        do throws(FileError) {
            if !Folder.exists(folder) { try Folder.make(folder, permissions: 0o755) }
            for file in centre.files(in: folder) {
                try AtomicFile.replace("\(folder)/\(file.name)", with: file.text.utf8, permissions: 0o644)
            }
        } catch {
            fail("\(error)")
        }
        print(centre.lastDay)
    }

    private static func option(_ name: String, in arguments: inout [String]) -> String? {
        guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
        defer { arguments.removeSubrange(place...place + 1) }
        return arguments[place + 1]
    }

    private static func fail(_ sentence: String) -> Never {
        let line = Array("demo-centre: \(sentence)\n".utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(64)
    }
}
