# Builds the sensor's program without an IDE, on Windows. usage: firmware\build.ps1 [Release|Debug]
# Wants the Build Tools for Visual Studio 2022 (free; the workload ".NET desktop build tools" brings msbuild).
# What it fetches, once: nanoFramework's project system, out of its Visual Studio extension, and the NuGet command line.
# Written from the source of nanoFramework's own build scripts; not run by the project yet.
param([ValidateSet("Release", "Debug")][string]$Configuration = "Release")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$extension = "v2022.14.1.8" # of nanoframework/nf-Visual-Studio-extension, for packages 1.x
$releases = "https://github.com/nanoframework/nf-Visual-Studio-extension/releases/download"
$tools = "artifacts\nanoframework\$extension"
$system = Join-Path $PWD "$tools\unpacked\`$MSBuild\nanoFramework\v1.0\"

$finder = "${env:ProgramFiles(x86)}\Microsoft Visual Studio\Installer\vswhere.exe"
if (-not (Test-Path $finder)) {
  throw "There is no Visual Studio and no Build Tools on this computer: install the Build Tools for Visual Studio 2022."
}
$msbuild = & $finder -latest -products * -requires Microsoft.Component.MSBuild -find "MSBuild\**\Bin\MSBuild.exe" |
  Select-Object -First 1
if (-not $msbuild) { throw "There is no msbuild: add the workload '.NET desktop build tools' to the Build Tools." }
New-Item -ItemType Directory -Force $tools | Out-Null
if (-not (Test-Path "$($system)NFProjectSystem.props")) {
  Invoke-WebRequest -OutFile "$tools\extension.zip" `
    "$releases/$extension/nanoFramework.Tools.VS2022.Extension.vsix"
  Expand-Archive -Force "$tools\extension.zip" "$tools\unpacked"
}
if (-not (Test-Path "$($system)NFProjectSystem.props")) {
  throw "The extension $extension holds no project system at $system"
}
if (-not (Test-Path "$tools\nuget.exe")) {
  Invoke-WebRequest -OutFile "$tools\nuget.exe" https://dist.nuget.org/win-x86-commandline/latest/nuget.exe
}
& "$tools\nuget.exe" restore firmware\Backstep.Firmware.sln
if ($LASTEXITCODE -ne 0) { throw "The packages could not be restored." }
# With forward slashes: a backslash before a quote would be taken for a letter.
& $msbuild firmware\Backstep.Firmware.sln -verbosity:minimal "-p:Configuration=$Configuration" "-p:Platform=Any CPU" `
  "-p:NanoFrameworkProjectSystemPath=$($system.Replace('\', '/'))" -p:NFMDP_PE_Verbose=false
if ($LASTEXITCODE -ne 0) { throw "The build failed: see above." }
Get-Item "firmware\Sensor\bin\$Configuration\Backstep.Sensor.bin"
