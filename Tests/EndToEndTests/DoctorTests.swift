import Testing

/// What `doctor` says of the configuration, on a PBX that does nothing odd.
@Suite(.enabled(if: Program.isBuilt, "the program is built beside the tests"), .timeLimit(.minutes(10)))
struct DoctorTests {
    @Test func `a PBX without a region is noted as config check notes it`() async throws {
        let pbx = try OddPBX(.none, at: "")
        defer { pbx.stop() }
        let table = "CRM_VOIP_PBX_MAIN_"
        var variables = [
            table + "AMI_HOST": "127.0.0.1", table + "AMI_PORT": "\(pbx.port)", table + "AMI_USERNAME": "crm",
            table + "AMI_SECRET": "hunter2",
        ]
        let sentence = "pbx.main.region is not set, so numbers without a country code belong to no country"
        let without = try await Program.run("doctor", environment: variables)
        #expect(without.status == 0 && without.output.contains("note: \(sentence)"), "\(without)")
        let checked = try await Program.run("config", "check", environment: variables)
        #expect(checked.errors.contains(sentence), "\(checked)")
        variables[table + "REGION"] = "DE"
        let with = try await Program.run("doctor", environment: variables)
        #expect(with.status == 0 && !with.output.contains("region"), "\(with)")
    }
}
