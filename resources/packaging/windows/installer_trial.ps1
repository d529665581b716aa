# Tries the installer on a Windows machine that may be spoiled: install, open, install over the open program, remove.
# Drafts must outlive all of it.
$ErrorActionPreference = 'Stop'
$setup = Get-Item dist\goalform-*-windows-setup.exe | Select-Object -First 1
$app = "$env:LOCALAPPDATA\Programs\goalform"
$data = "$env:LOCALAPPDATA\goalform"

function Must($true_, $why) { if (-not $true_) { throw $why } }
function Install {
    $done = Start-Process $setup -ArgumentList '/VERYSILENT', '/SUPPRESSMSGBOXES', '/NORESTART' -Wait -PassThru
    Must ($done.ExitCode -eq 0) "setup ended with $($done.ExitCode)"
}
function WaitFor($path) {
    foreach ($second in 1..60) { if (Test-Path $path) { return }; Start-Sleep 1 }
    throw "$path did not appear"
}

Install
Must (Test-Path "$app\goalform.exe") 'nothing was installed'
$command = (Get-ItemProperty 'HKCU:\Software\Classes\goalform.package\shell\open\command').'(default)'
Must ($command -like '*goalform.exe*%1*') 'packages do not open in the program'
$told = (Get-Item "$app\goalform.exe").VersionInfo
Must ($told.ProductName -eq '绩效目标填报') "the file calls itself $($told.ProductName)"

$open = Start-Process "$app\goalform.exe" -PassThru
WaitFor "$data\goalform.db"
WaitFor "$data\goalform.lock"
Start-Sleep 3
Set-Content "$app\_internal\left-over.txt" 'of an older version'
Install
Must $open.HasExited 'the open program was not closed'
Must ($open.ExitCode -eq 0) "the open program ended with $($open.ExitCode)"
Must (-not (Test-Path "$app\_internal\left-over.txt")) 'an older version left something behind'
Must (Test-Path "$data\goalform.db") 'the drafts are gone after the upgrade'

$remove = Start-Process "$app\unins000.exe" -ArgumentList '/VERYSILENT', '/SUPPRESSMSGBOXES' -Wait -PassThru
Must ($remove.ExitCode -eq 0) "removing ended with $($remove.ExitCode)"
Start-Sleep 3
Must (-not (Test-Path "$app\goalform.exe")) 'the program is still there'
Must (Test-Path "$data\goalform.db") 'the drafts are gone after removing'
foreach ($key in 'goalform.package', '.jxmb\OpenWithProgids', '.jxmb') {
    Must (-not (Test-Path "HKCU:\Software\Classes\$key")) "left in the registry: $key"
}
'OK'
