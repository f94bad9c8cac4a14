#!/usr/bin/env bash
# Builds the sensor's program without an IDE, on Linux and macOS. usage: firmware/build.sh [Release|Debug]
# Wants Mono with msbuild (mono-project.com, "mono-complete"; most distributions' own Mono has no msbuild), curl, unzip.
# What it fetches, once: nanoFramework's project system, out of its Visual Studio extension, and the NuGet command line.
# The steps are those of nanoFramework's VS Code extension. Written from its source; not run by the project yet.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-Release}
extension=v2022.14.1.8 # of nanoframework/nf-Visual-Studio-extension, for packages 1.x
releases=https://github.com/nanoframework/nf-Visual-Studio-extension/releases/download
tools=artifacts/nanoframework/$extension
system="$tools/unpacked/\$MSBuild/nanoFramework/v1.0/"

fail() { echo "$1" >&2; exit 2; }
for tool in curl unzip mono msbuild; do
  command -v $tool >/dev/null ||
    fail "there is no $tool: install it (mono and msbuild: mono-complete of mono-project.com)"
done
mkdir -p "$tools"
if [ ! -f "$system/NFProjectSystem.props" ]; then
  curl --fail --location --output "$tools/extension.zip" \
    "$releases/$extension/nanoFramework.Tools.VS2022.Extension.vsix"
  unzip -q -o "$tools/extension.zip" -d "$tools/unpacked"
fi
[ -f "$system/NFProjectSystem.props" ] || fail "the extension $extension holds no project system at $system"
if [ ! -f "$tools/nuget.exe" ]; then
  curl --fail --location --output "$tools/nuget.exe" https://dist.nuget.org/win-x86-commandline/latest/nuget.exe
fi
mono "$tools/nuget.exe" restore firmware/Backstep.Firmware.sln
# Mono's msbuild has no compiler server, and the PE files need no listing.
msbuild firmware/Backstep.Firmware.sln -verbosity:minimal "-p:Configuration=$configuration" "-p:Platform=Any CPU" \
  "-p:NanoFrameworkProjectSystemPath=$PWD/$system" -p:UseSharedCompilation=false -p:NFMDP_PE_Verbose=false
ls -l "firmware/Sensor/bin/$configuration/Backstep.Sensor.bin"
