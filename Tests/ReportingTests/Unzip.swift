import CZlib

/// The files in a ZIP archive, as far as needed for a workbook: sizes in the central directory, stored or deflated.
struct Unzip {
    let files: [String: String]

    init?(_ archive: [UInt8]) {
        // The end record is at the end of the archive; libxlsxwriter writes no comment after it.
        guard let end = archive.indices.reversed().first(where: { archive[$0...].starts(with: [0x50, 0x4B, 5, 6]) })
        else {
            return nil
        }
        func number(_ place: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(archive[place + $1]) << (8 * $1) }
        }
        var files: [String: String] = [:]
        var entry = number(end + 16, 4)
        for _ in 0..<number(end + 10, 2) {
            let (method, packed, size) = (number(entry + 10, 2), number(entry + 20, 4), number(entry + 24, 4))
            let (name, extra, comment) = (number(entry + 28, 2), number(entry + 30, 2), number(entry + 32, 2))
            let local = number(entry + 42, 4)
            let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
            let bytes = Array(archive[start..<(start + packed)])
            guard let content = method == 0 ? bytes : Self.inflated(bytes, size) else { return nil }
            files[String(decoding: archive[(entry + 46)..<(entry + 46 + name)], as: UTF8.self)] =
                String(decoding: content, as: UTF8.self)
            entry += 46 + name + extra + comment
        }
        self.files = files
    }

    private static func inflated(_ bytes: [UInt8], _ size: Int) -> [UInt8]? {
        var input = bytes
        var output = [UInt8](repeating: 0, count: size + 1)
        var stream = z_stream()
        // Negative window bits: without zlib's header.
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END && stream.total_out == size ? Array(output[..<size]) : nil
    }
}
