import { defineTexts } from '../texts.ts';

/** What signing in says beside name and password. */
export const loginTexts = defineTexts(
  {
    insecure: '当前为明文 HTTP 连接，同一网络上的人可以读取您的密码和会话。',
    insecureHint: '请改用 HTTPS 地址；在此之前，通行密钥和外勤定位均不可用。',
    code: '动态验证码',
    codeHint: '请输入验证器应用中的 6 位数字，或一枚恢复码。',
    passkeyInstead: '此账号以通行密钥作为第二因素。请使用通行密钥，或输入一枚恢复码。',
    recoveryCode: '恢复码',
    back: '返回',
    passkey: '使用通行密钥登录',
    passkeyFailed: '没有完成通行密钥验证。',
    certificate: '使用数字证书登录',
  },
  {
    insecure: 'This is plain HTTP: anybody on the network can read your password and your session.',
    insecureHint: 'Use the HTTPS address. Until then passkeys and positions of phones do not work.',
    code: 'Code',
    codeHint: 'Six digits from your authenticator app, or a recovery code.',
    passkeyInstead: 'This account has passkeys as its second factor. Use one, or type a recovery code.',
    recoveryCode: 'Recovery code',
    back: 'Back',
    passkey: 'Sign in with a passkey',
    passkeyFailed: 'The passkey was not confirmed.',
    certificate: 'Sign in with a client certificate',
  },
);
