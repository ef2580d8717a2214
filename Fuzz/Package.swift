// swift-tools-version: 6.2
import PackageDescription

// One program a decoder, each built with libFuzzer and AddressSanitizer: see run and README.md beside this file.
// What is fuzzed is built with coverage by the flags in run.
let decoders = ["CDR", "QueueLog", "Contacts", "AMI", "TOML", "TZif", "UniqueID", "Times", "Gzip"]

let package = Package(
    name: "crm-voip-fuzz",
    dependencies: [.package(name: "crm-voip", path: "..")],
    targets: [
        .target(name: "FuzzSupport")
    ]
        + decoders.map { decoder in
            .executableTarget(
                name: "Fuzz\(decoder)",
                dependencies: [
                    "FuzzSupport",
                    .product(name: "AsteriskRecords", package: "crm-voip"),
                    .product(name: "AsteriskManager", package: "crm-voip"),
                    .product(name: "CRMVoIP", package: "crm-voip"),
                ],
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
            )
        },
    swiftLanguageModes: [.v6]
)
