import Testing

@testable import Services

struct RecordingNameTests {
    /// The shortest name first; a PBX's system name precedes the number, with a hyphen.
    @Test(arguments: [
        ("external-101-4930123456-20261122-231703-1795389423.12.wav", "1795389423.12"),
        ("q-400-20261122-lab-1795389423.0.WAV", "lab-1795389423.0"), ("1795389423.0", "1795389423.0"),
    ])
    func `a recording's name leads to its call`(name: String, uniqueid: String) {
        let ids = CallFilter.uniqueids(in: name)
        #expect(ids.contains(uniqueid) && ids.allSatisfy { name.contains($0) })
    }

    @Test(arguments: ["", "greeting.wav", "20261122.wav", "12345678.1", "1795389423.", ".1"])
    func `another name leads nowhere`(name: String) {
        #expect(CallFilter.uniqueids(in: name).isEmpty)
    }
}
