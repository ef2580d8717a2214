// swift-tools-version: 6.2
import PackageDescription

// One program for each decoder, built with libFuzzer and AddressSanitizer: see run and README.md in this folder. The
// flags in run build the fuzzed code with coverage.
let decoders = [
    "CDR", "QueueLog", "Contacts", "AMI", "TOML", "TZif", "UniqueID", "Times", "Gzip", "SMTP", "HTTP", "Spool", "State",
]

let package = Package(
    name: "crm-voip-fuzz",
    dependencies: [
        .package(name: "crm-voip", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
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
                    .product(name: "NIOCore", package: "swift-nio"),
                    .product(name: "NIOEmbedded", package: "swift-nio"),
                    .product(name: "NIOHTTP1", package: "swift-nio"),
                ],
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
            )
        },
    swiftLanguageModes: [.v6]
)
