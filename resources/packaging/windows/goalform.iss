; The installer, made by Inno Setup 6 (6.3 or later): ISCC /DVersion=0.1.0 /DBundle=FOLDER goalform.iss
; For the user alone, without administrator. Drafts lie elsewhere, and neither installing nor removing touches them.

#define Name "绩效目标填报"
#ifndef Version
  #error Say /DVersion=…
#endif
#ifndef Bundle
  #error Say /DBundle=… (the folder PyInstaller made)
#endif

[Setup]
AppId={{6C1B6F0A-5B0E-4F0B-9D7C-2E6B0C8A41D7}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\goalform
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
OutputBaseFilename=goalform-{#Version}-windows-setup
SetupIconFile=..\..\..\build\windows\goalform.ico
UninstallDisplayIcon={app}\goalform.exe
UninstallDisplayName={#Name}
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=no

[Languages]
Name: "chinese"; MessagesFile: "compiler:Default.isl,Chinese.isl"

[Tasks]
Name: "desktop"; Description: "{cm:DesktopIcon}"

[InstallDelete]
; What a newer version has no more must not stay beside it. Drafts of a portable copy lie in {app}\data: not named here.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\goalform.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\goalform.exe"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\.jxmb"; ValueType: string; ValueData: "goalform.package"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.jxmb\OpenWithProgids"; ValueType: string; ValueName: "goalform.package"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\goalform.package"; ValueType: string; ValueData: "{cm:Package}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\goalform.package\DefaultIcon"; ValueType: string; ValueData: "{app}\goalform.exe,0"
Root: HKA; Subkey: "Software\Classes\goalform.package\shell\open\command"; ValueType: string; ValueData: """{app}\goalform.exe"" ""%1"""

[Run]
Filename: "{app}\goalform.exe"; Description: "{cm:StartNow}"; Flags: nowait postinstall skipifsilent

[Code]
const
  Patience = 20000; { milliseconds the program may take to save and close }

{ The folder of the drafts: as the program finds it, see models/store/data_folder.py and ui/app/startup.py. }
function DataFolder: String;
var
  Lines: TArrayOfString;
begin
  Result := GetEnv('GOALFORM_HOME');
  if Result = '' then
    Result := ExpandConstant('{localappdata}\goalform');
  if LoadStringsFromFile(Result + '\moved-to.txt', Lines) then
    if GetArrayLength(Lines) > 0 then
      if (Lines[0] <> '') and (Lines[0] <> '.') then
        Result := Lines[0];
end;

{ The lock of a running program cannot be deleted; one that a killed program left can, and is. }
function IsOpen: Boolean;
var
  Lock: String;
begin
  Lock := DataFolder + '\goalform.lock';
  Result := FileExists(Lock) and not DeleteFile(Lock);
end;

{ Asks the program that holds the lock to close, as the cross of its window does: it saves first. Never by force. }
procedure AskToClose;
var
  Lines: TArrayOfString;
  Code, Waited: Integer;
begin
  if not LoadStringsFromLockedFile(DataFolder + '\goalform.lock', Lines) then
    exit;
  if GetArrayLength(Lines) = 0 then
    exit;
  if StrToIntDef(Lines[0], 0) <= 0 then
    exit;
  Exec(ExpandConstant('{sys}\taskkill.exe'), '/PID ' + Lines[0], '', SW_HIDE, ewWaitUntilTerminated, Code);
  Waited := 0;
  while IsOpen and (Waited < Patience) do
  begin
    Sleep(250);
    Waited := Waited + 250;
  end;
end;

{ '' when the program is closed, else what to say. }
function CloseProgram: String;
begin
  Result := '';
  if IsOpen then
    AskToClose;
  while IsOpen do
  begin
    Result := CustomMessage('StillOpen');
    if SuppressibleMsgBox(Result, mbError, MB_RETRYCANCEL, IDCANCEL) <> IDRETRY then
      exit;
    Result := '';
  end;
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := CloseProgram;
end;

function InitializeUninstall: Boolean;
begin
  Result := CloseProgram = '';
end;
