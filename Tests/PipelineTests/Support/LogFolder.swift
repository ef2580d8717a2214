import Base
import Glibc
import TestSupport
import Testing

/// A folder with a PBX's Master.csv, and what logrotate and people do to it.
final class LogFolder {
    let path: String
    /// Seconds since 1970 UTC on the PBX's clock.
    var clock: Int64 = 1_700_000_000
    private var number = 0

    init() throws { path = try TestProcess.temporaryFolder(named: "crm-voip-logs") }

    deinit { try? TestProcess.run(["rm", "-rf", path]) }

    /// Calls in the order of their ends, as Asterisk writes them: some minutes apart, some out of order, some hours
    /// long.
    func records(_ count: Int, using random: inout SeededGenerator) -> [String] {
        (0..<count).map { _ in
            clock += Int64.random(in: 0...900, using: &random)
            let end = clock - Int64.random(in: 0...600, using: &random)
            let isLong = Int.random(in: 0..<20, using: &random) == 0
            let duration = Int64.random(in: 0...(isLong ? 20_000 : 300), using: &random)
            return record(start: end - duration, duration: duration)
        }
    }

    /// A record with a unique uniqueid.
    func record(start: Int64, duration: Int64) -> String {
        number += 1
        let (from, to) = (CivilTime(secondsSince1970: start), CivilTime(secondsSince1970: start + duration))
        let texts = [
            "", "79160000001", "101", "from-trunk", "\"\"J\nSmith\"\" <79160000001>", "PJSIP/a-1", "PJSIP/101-2",
        ]
        let quoted = (texts + ["Dial", "PJSIP/101", "\(from)", "\(from)", "\(to)"]).map { "\"\($0)\"" }
        let id = "\"\(start).\(number)\""
        return quoted.joined(separator: ",")
            + ",\(duration),\(duration),\"ANSWERED\",\"DOCUMENTATION\",\(id),\"\",\"\",\(id),1\n"
    }

    /// Rewrites a file under its name: with a new inode, unless it is overwritten in place.
    func write(_ text: String, to name: String = "Master.csv", inPlace: Bool = false) throws {
        let file = "\(path)/\(name)"
        if !inPlace { unlink(file) }
        try put(text, file, "w")
    }

    func append(_ text: String) throws { try put(text, "\(path)/Master.csv", "a") }

    func read(_ name: String = "Master.csv") throws -> String {
        let file = try #require(fopen("\(path)/\(name)", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Names of all files, in the order in which they were made.
    private(set) var names = ["Master.csv"]

    /// `Master.csv` becomes `Master.csv.7` through a rename, or through a copy and a truncation; optionally compressed.
    func rotate(byCopying: Bool, compressing: Bool) throws {
        let name = "Master.csv.\(names.count)"
        if byCopying {
            try write(try read(), to: name)
            try #require(truncate("\(path)/Master.csv", 0) == 0)
        } else {
            try #require(rename("\(path)/Master.csv", "\(path)/\(name)") == 0)
            try write("")
        }
        if compressing { try TestProcess.run(["gzip", "\(path)/\(name)"]) }
        names.insert(compressing ? name + ".gz" : name, at: names.count - 1)
    }

    private func put(_ text: String, _ file: String, _ mode: String) throws {
        let handle = try #require(fopen(file, mode))
        defer { fclose(handle) }
        let bytes = Array(text.utf8)
        #expect(fwrite(bytes, 1, bytes.count, handle) == bytes.count)
    }
}
